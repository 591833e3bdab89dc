"""Turns Markdown news articles into a static site in several languages."""
