"""Language models: answers in their words, of which only what the articles support is shown."""
