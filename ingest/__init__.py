"""File to pages, clean text, legal structure and passages with exact offsets."""
