"""The chat page. It asks through ``qa`` alone; from ``index`` it takes articles and their types."""
