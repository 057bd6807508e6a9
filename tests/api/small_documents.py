"""Documents made for a test: the least that their formats ask for."""

import struct
import subprocess
import zipfile
import zlib

CONTENT_TYPES = "<Types/>"
OFFICE = "urn:office"


def zip_file(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def relationships(entries):
    rows = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in entries)
    return f'<Relationships>{rows}</Relationships>'


def docx(path, body, **parts):
    """parts: other members by name, __ for /, for example word__styles.xml."""
    members = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": relationships([("r1", "officeDocument", "word/document.xml")]),
               "word/document.xml": f'<w:document xmlns:w="http://w"><w:body>{body}</w:body></w:document>'}
    members |= {name.replace("__", "/"): text for name, text in parts.items()}
    return zip_file(path, members)


def paragraph(text, style=None):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(path, sheets, styles=None):
    """sheets: name -> the XML of its rows."""
    names = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"/>' for i, name in enumerate(sheets, 1))
    links = [(f"s{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    members = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": relationships([("r1", "officeDocument", "xl/workbook.xml")]),
               "xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'}
    if styles:
        links.append(("st", "styles", "styles.xml"))
        members["xl/styles.xml"] = styles
    members["xl/_rels/workbook.xml.rels"] = relationships(links)
    for i, rows in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{i}.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return zip_file(path, members)


def row_of_texts(number, texts):
    cells = "".join(f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for i, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


def pdf(path, pages, rotate=0):
    """pages: lists of (x, y, size, text); y from the bottom, as PDF counts. Pages that are equal share their content."""
    contents, objects, kids = {}, [], []
    first_page = 4
    for page in pages:
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page)
        if drawn not in contents:
            contents[drawn] = len(contents)
    for index, page in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page)
        content = first_page + len(pages) + contents[drawn]
        kids.append(f"{first_page + index} 0 R")
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate {rotate}/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>")
    head = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(kids)}]>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    streams = [f"<</Length {len(drawn)}>>stream\n{drawn}endstream\n" for drawn in contents]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(head + objects + streams, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    at = len(out)
    out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer<</Size {len(offsets) + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF".encode()
    path.write_bytes(out)
    return path


def picture_of(pdf_file, dpi=150):
    """The first page in grey: (width, height, rows)."""
    drawn = subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-singlefile", pdf_file], check=True, capture_output=True).stdout
    _, size, _, points = drawn.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, [points[y * width:(y + 1) * width] for y in range(height)]


def write_png(path, width, height, rows=None):
    """Grey. Without rows only the header tells the truth."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    body = zlib.compress(b"".join(b"\0" + row for row in rows)) if rows else zlib.compress(b"\0")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
    return path


def scan(path, picture):
    """A PDF whose one page is a grey picture."""
    width, height, rows = picture
    data = zlib.compress(b"".join(rows))
    head = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>endobj\n")
    image = b"4 0 obj<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n" % (
        width, height, len(data))
    draw = b"q 612 0 0 792 0 0 cm /I Do Q"
    path.write_bytes(head + image + data + b"\nendstream endobj\n5 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF" % (len(draw), draw))
    return path


def converted(folder, flat, kind):
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind, "--outdir", str(folder), str(flat)],
                   check=True, capture_output=True, timeout=120)
    return flat.with_suffix(f".{kind}")


def flat_document(path, kind, body):
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><office:document{spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">'
                    f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>", encoding="utf-8")
    return path


def saved_by_libreoffice(folder, kind, sheets):
    """A workbook as LibreOffice writes it, in a format of its own or of Excel's. sheets: name -> texts, one a row."""
    rows = lambda texts: "".join(f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>' for text in texts)  # noqa: E731
    tables = "".join(f'<table:table table:name="{name}">{rows(texts)}</table:table>' for name, texts in sheets.items())
    return converted(folder, flat_document(folder / "book.fods", "spreadsheet", tables), kind)


def text_by_libreoffice(folder, kind, paragraphs):
    """The same of a text, one paragraph after the other."""
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    return converted(folder, flat_document(folder / "text.fodt", "text", body), kind)
