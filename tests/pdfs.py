"""PDF files written by hand, so that a test can say what each operator draws."""


def page_of(text: str) -> bytes:
    """Operators that draw the lines of `text` in Helvetica of 12 points."""
    lines = b" 0 -20 Td ".join(b"(%s) Tj" % line.encode("ascii") for line in text.split("\n"))
    return b"BT /F1 12 Tf 20 700 Td %s ET" % lines


def pdf(*pages: bytes, stream_filter: bytes = b"", encrypt: bytes = b"") -> bytes:
    """A PDF whose pages of 600 by 800 points are drawn by these operators; `/F1` is Helvetica."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /ExtGState << /Clear << /ca 0 >> >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), stream_filter, stream))
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"<< /Size %d /Root 1 0 R %s >>" % (len(objects) + 1, encrypt)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\n" % (len(objects) + 1, table, trailer)
    return data + b"startxref\n%d\n%%%%EOF\n" % start
