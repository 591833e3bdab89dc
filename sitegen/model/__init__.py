"""The nouns: what an editor writes, what a story is, what a page is, what a template sees."""
