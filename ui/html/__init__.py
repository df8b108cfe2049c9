"""What the page shows, as HTML. Everything that people or articles wrote is escaped here."""
