"""What a document says of itself and of others, and which documents are one text."""
