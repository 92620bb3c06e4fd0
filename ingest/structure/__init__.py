"""Clean text to sections with their headings, articles and paragraphs, and sections to passages."""
