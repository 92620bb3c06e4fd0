"""Passages to a searchable index on disk, and questions to hits."""
