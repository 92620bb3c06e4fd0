"""What extraction damaged is put right: characters, words, lines, order; each repair counted, with samples."""
