"""What `fragua extract` says about documents: the samples of ../shared, small ones made here, and hostile ones."""

import base64
import html
import json
import os
import re
import socket
import struct
import subprocess
import time
import zipfile

import pytest
from extraction import SHARED, extract, share_found, start
from small_documents import CONTENT_TYPES, OFFICE, docx, paragraph, pdf, picture_of, relationships, row_of_texts, scan, write_png, xlsx, zip_file


@pytest.fixture
def read(fragua_binary, tmp_path):
    """read(file, …) -> Extraction. Whatever is in a document, the child ends well, keeps to the protocol and leaves nothing outside its folder."""
    def run(file, **request):
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        found = extract(fragua_binary, file, scratch, **request)
        assert found.status == 0
        assert found.whole or found.error or found.lines[0]["type"] == "image"
        assert not (found.whole and found.error)
        for page in found.pages:
            for word, *box in page.get("words", []):
                assert word and 0 <= box[0] <= box[2] <= 1 and 0 <= box[1] <= box[3] <= 1, (word, box)
        pages = found.document["pages"] if found.document else 0
        assert all(0 <= block["page"] <= pages and block["text"].strip() for block in found.blocks)
        return found

    return run


def sample(name):
    if not SHARED.exists():
        pytest.skip("the sample documents of ../shared/data/documents are not here")
    return SHARED / name


# name, format, pages, language, what must be said
SAMPLES = [
    ("2023-half-year-analyses-by-segment.xlsx", "xlsx", 5, "en", ["| Zone NA | 12553 | 2713 | 2632 |", "3.1 Operating segments"]),
    ("vodafone.xlsx", "xlsx", 1, "", ["| Mobile ARPU | Nine quarters to 30 June 2023 | 13 |"]),
    ("csv-with-long-lines.csv", "csv", 0, "", ["| SpearmanCorrelationCoefficient | 1Freq CD161CD8TfrequencyUnstim |"]),
    ("docx-hdrftr.docx", "docx", 0, "", ["First header para", "| Table cell1 | Table cell2 |", "para1", "para2"]),
    ("docx-tables.docx", "docx", 0, "", ["| Header Col 1 | Header Col 2 |\n| --- | --- |\n| Lorem ipsum | A link example |"]),
    ("fake.docx", "docx", 0, "", ["Lorem ipsum dolor sit amet."]),
    ("fake_table.docx", "docx", 0, "", ["| Lorem ipsum | A Link example |"]),
    ("handbook-1p.docx", "docx", 0, "en", ["CHAPTER 1 – INTRODUCTION", "C. STATUTORY DUTIES OF A STANDING TRUSTEE"]),
    ("fake.odt", "odt", 0, "", ["| Leader | Sarah | Mark | Ryan |"]),
    ("language-docs/eng_spa_mult.odt", "odt", 0, "en", ["Todos los seres humanos nacen libres e iguales en dignidad y derechos"]),
    ("language-docs/eng_spa_mult.pptx", "pptx", 6, "en", ["Testing multiple languages", "Todos los seres humanos"]),
    ("language-docs/eng_spa_mult.rtf", "rtf", 0, "en", ["Todos los seres humanos nacen libres e iguales en dignidad y derechos"]),
    ("language-docs/UDHR_first_article_all.txt", "txt", 0, None, ["Todos los seres humanos nacen libres e iguales en dignidad y derechos"]),
    ("fake-power-point.pptx", "pptx", 1, "en", ["Adding a Bullet Slide", "- Find the bullet slide layout\n  - Use _TextFrame.text for first bullet"]),
    ("fake-power-point-table.pptx", "pptx", 1, "", ["| Tangerine | Pink | Aqua |"]),
    ("sample-presentation.pptx", "pptx", 4, "en", ["This is the second content slide", "| 2 | A2 | B2 | C2 |"]),
    ("simple.doc", "doc", 0, None, ["These are a few of my favorite things:", "Hockey"]),
    ("example-10k-1p.html", "html", 0, "en", ["| Item 2. | Properties | 9 |", "Galaxy Gaming, Inc."]),
    ("example-steelJIS-datasheet-utf-16.html", "html", 0, "en", ["日本語", "| 0.39 - 0.46 | 0.2 - 0.35 |"]),
    ("example-with-scripts.html", "html", 0, "en", ["Russian Offensive Campaign Assessment, December 13", "- The Wagner Group is continuing efforts"]),
    ("fake-html-with-base64-image.html", "html", 0, "", ["Test page"]),
    ("norwich-city.txt", "txt", 0, "en", ["Roberts made 647 league appearances during his career, almost half of which were for Norwich, where he overcame"]),
    ("winter-sports.epub", "epub", 0, "en", ["WINTER SPORTS IN SWITZERLAND"]),
    ("pdf/embedded-images-tables.pdf", "pdf", 1, "en", ["| 10 | 0.0382 | 0.0086 | 0.5356 | 1.24E-05 | 246.080 | 0.0919 |", "| Inhibitor concentration (g) | bc (V/dec) |"]),
    ("pdf/failure-after-repair.pdf", "pdf", 76, "en", ["- changes in the size or shape of the breast", "What is cancer?"]),
    ("pdf/fake-memo.pdf", "pdf", 1, "en", ["There were 20,000 bottles of water, 10,000 blankets, and 200 laptops delivered on January 23, 2023."]),
    ("pdf/header-test-doc.pdf", "pdf", 1, "", ["Here is a lovely sentences."]),
    ("pdf/invalid-pdf-structure-pdfminer-one-page.pdf", "pdf", 2, "en", ["such as energy, communications, and financial services— depend on technology systems"]),
    ("pdf/layout-parser-paper-fast.pdf", "pdf", 2, "en", ["1. An off-the-shelf toolkit for applying DL models for layout detection"]),
    ("pdf/list-item-example.pdf", "pdf", 2, "en", ["- What is product development and quality assurance, and who is involved?", "- The product development lifecycle"]),
    ("pdf/loremipsum-flat.pdf", "pdf", 1, "", ["Lorem ipsum dolor sit amet, consectetur adipiscing elit."]),
    ("pdf/multi-column-2p.pdf", "pdf", 2, "en", ["Open-domain question answering relies on efficient passage retrieval to select candidate contexts"]),
    ("pdf/pdf-bad-color-space.pdf", "pdf", 1, "en", ["In 2021, we set our most ambitious goal yet: to achieve net-zero emissions across all of our operations and value chain by 2030."]),
    ("pdf/pdf-with-ocr-text.pdf", "pdf", 1, "en", ["progress of the Foundation"]),
    ("pdf/reliance.pdf", "pdf", 3, "en", ["RIL is India’s largest corporate value creator and the highest valued company."]),
    ("language-docs/fr_olap.pdf", "pdf", 12, "fr", ["1 Introduction", "Dans cet article, nous développons les travaux entrepris sur le résumé de log de requêtes OLAP"]),
    ("img/DA-1p.png", "png", 1, "en", ["CREATURES"]),
    ("img/double-column-A.jpg", "jpeg", 1, "en", ["The rules in this subchapter shall apply to all positions in the competitive service"]),
    ("img/layout-parser-paper-fast.jpg", "jpeg", 1, "en", ["Learning Based Document Image Analysis"]),
]
REFUSED = [("empty.xlsx", "", "empty"), ("password_protected.xlsx", "", "password_needed"), ("password_protected.xlsx", "nope", "wrong_password"),
           ("pdf/password.pdf", "", "password_needed"), ("pdf/password.pdf", "nope", "wrong_password")]


@pytest.mark.parametrize("name, format_name, pages, language, said", SAMPLES, ids=[entry[0] for entry in SAMPLES])
def test_a_sample_is_read_whole_with_its_structure(read, name, format_name, pages, language, said):
    found = read(sample(name))
    assert found.error is None, found.message
    assert found.document["format"] == format_name
    assert found.document["pages"] == pages == len(found.pages)
    assert language is None or found.document["language"] == language
    for text in said:
        assert text in found.text
    assert [page["page"] for page in found.pages] == list(range(1, pages + 1))


@pytest.mark.parametrize("name, password, code", REFUSED)
def test_a_sample_that_cannot_be_read_says_why(read, name, password, code):
    found = read(sample(name), password=password)
    assert found.error == code
    assert found.message and "/" not in found.message


def test_every_sample_is_tried():
    sample("")
    tried = {entry[0] for entry in SAMPLES} | {entry[0] for entry in REFUSED}
    assert {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*") if path.is_file()} - tried == set()


@pytest.mark.parametrize("name", [entry[0] for entry in SAMPLES if entry[1] == "pdf" and "flat" not in entry[0]])
def test_no_word_of_a_text_layer_is_lost(read, name):
    found = read(sample(name))
    listed = subprocess.run(["pdftotext", "-q", "-bbox", sample(name), "-"], check=True, capture_output=True, text=True).stdout
    expected = html.unescape(" ".join(re.findall(">(.*)</word>", listed)))
    every_word = " ".join(word[0] for page in found.pages for word in page["words"])
    assert share_found(expected, every_word) > 0.995


@pytest.mark.parametrize("name", ["pdf/password.pdf"])
def test_the_right_password_opens(read, tmp_path, name):
    found = read(sample(name), password="password")
    assert found.whole and found.text
    opened = tmp_path / "opened.pdf"
    opened.write_bytes((tmp_path / "scratch/opened").read_bytes())
    assert read(opened).text == found.text
    assert read(opened, draw={"page": 1, "width": 300}).lines[0]["image"].startswith("iVBORw0KGgo")


def test_no_program_is_told_a_password_on_its_command_line(fragua_binary, tmp_path):
    """Programs of our own in the place of the real ones write down how they were called."""
    tools, scratch, told = tmp_path / "bin", tmp_path / "scratch", tmp_path / "scratch/told"
    tools.mkdir()
    scratch.mkdir()
    for name in ("qpdf", "pdfinfo", "pdftotext", "pdftoppm"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*" >> told\nenv >> told\nexec /usr/bin/{name} "$@"\n')
        (tools / name).chmod(0o755)
    found = extract(fragua_binary, sample("pdf/password.pdf"), scratch, variables={"PATH": f"{tools}:/usr/bin:/bin"}, password="password")
    assert found.whole and "qpdf --password-file=-" in told.read_text() and "pdftotext" in told.read_text()
    assert "password" not in told.read_text().replace("--password-file", "").replace("password.pdf", "")


# --- PDF -------------------------------------------------------------------------------------------------------------------

COLUMN = ["Los contratos de mantenimiento se renuevan cada", "dos ejercicios salvo que una de las partes lo",
          "denuncie por escrito con tres meses de antela-", "cion. El precio se revisa segun el indice oficial."]


def test_columns_are_read_one_after_the_other_and_hyphens_joined(read, tmp_path):
    lines = [(60, 700 - 14 * i, 11, text) for i, text in enumerate(COLUMN)] + [(330, 700 - 14 * i, 11, text.upper()) for i, text in enumerate(COLUMN)]
    found = read(pdf(tmp_path / "columns.pdf", [sorted(lines, key=lambda line: -line[1])]))
    assert "con tres meses de antelacion. El precio se revisa" in found.texts()[0]
    assert found.texts()[1].startswith("LOS CONTRATOS")


def test_rows_that_line_up_are_a_table(read, tmp_path):
    rows = [("Servicio", "Horas", "Precio"), ("Instalacion", "12", "480,00"), ("Soporte", "3", "150,00"), ("Formacion", "8", "320,00")]
    lines = [(60 + 150 * x, 700 - 16 * y, 11, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    found = read(pdf(tmp_path / "table.pdf", [lines]))
    assert found.texts("table") == ["| Servicio | Horas | Precio |\n| --- | --- | --- |\n| Instalacion | 12 | 480,00 |\n| Soporte | 3 | 150,00 |\n| Formacion | 8 | 320,00 |"]
    assert found.blocks[0]["box"][0] < 0.15 < found.blocks[0]["box"][2]


def test_large_type_is_a_heading_and_what_runs_on_every_page_is_left_out(read, tmp_path):
    pages = [[(60, 760, 9, "Ayuntamiento de Ejemplo"), (60, 700, 20, f"Capitulo {i}"), (60, 660, 11, f"El texto de la pagina {i} habla de otra cosa distinta."),
              (60, 646, 11, "Y sigue en una segunda linea de la misma pagina."), (300, 30, 9, f"{i}")] for i in range(1, 9)]
    found = read(pdf(tmp_path / "chapters.pdf", pages))
    assert found.texts("heading") == [f"Capitulo {i}" for i in range(1, 9)]
    assert "Ayuntamiento" not in found.text
    assert not any(text.strip().isdigit() for text in found.texts())
    assert "Ayuntamiento" in [word[0] for word in found.pages[3]["words"]]


def test_a_page_on_its_side_has_its_words_where_people_see_them(read, tmp_path):
    found = read(pdf(tmp_path / "side.pdf", [[(60, 700, 11, "Esta pagina se mira de lado y tiene bastantes palabras para no parecer un escaneo.")]], rotate=90))
    page = found.pages[0]
    assert page["width"] > page["height"]
    assert all(word[3] > 0.8 for word in page["words"])   # what is high on the unturned page is at the right


def test_a_scanned_page_is_read_by_ocr_in_any_direction(read, tmp_path):
    text = [(70, 700 - 30 * i, 16, line) for i, line in enumerate(COLUMN * 3)]
    width, height, rows = picture_of(pdf(tmp_path / "text.pdf", [text]))
    upright = read(scan(tmp_path / "scan.pdf", (width, height, rows)))
    assert upright.pages[0]["ocr"] and upright.pages[0]["confidence"] > 0.7
    assert "contratos de mantenimiento" in upright.text
    turned = [bytes(rows[height - 1 - y][x] for y in range(height)) for x in range(width)]
    found = read(write_png(tmp_path / "turned.png", height, width, turned))
    assert found.document["format"] == "png"
    assert "contratos de mantenimiento" in found.text
    first = found.pages[0]["words"][0]
    assert first[1] > 0.8 and first[2] < 0.3              # the text begins at the top right of a page turned to the right


def test_a_broken_pdf_is_damaged_and_a_repairable_one_is_read(read, tmp_path):
    whole = pdf(tmp_path / "whole.pdf", [[(60, 700, 11, "Hola a todos los que leen este documento.")]]).read_bytes()
    (tmp_path / "moved.pdf").write_bytes(b"before it\n" + whole)
    assert "Hola a todos" in read(tmp_path / "moved.pdf").text
    (tmp_path / "rubbish.pdf").write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 20)
    assert read(tmp_path / "rubbish.pdf").error == "damaged"


def test_a_page_that_is_never_done_ends_in_time_and_is_named(read, tmp_path):
    """Drawings within drawings: a thousand million letters in 2 kB."""
    levels = 10
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>", "<</Length 5>>stream\n/F Do\nendstream"]
    for level in range(levels):
        content, inner = ("/F Do " * 10, f"/Resources<</XObject<</F {level + 6} 0 R>>>>") if level < levels - 1 else ("BT /F1 1 Tf (x) Tj ET", "")
        objects.append(f"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]{inner}/Length {len(content)}>>stream\n{content}\nendstream")
    file = tmp_path / "within.pdf"
    file.write_text("%PDF-1.4\n" + "".join(f"{number} 0 obj{body}endobj\n" for number, body in enumerate(objects, 1)) + "trailer<</Root 1 0 R>>\n%%EOF")
    begun = time.monotonic()
    found = read(file)
    assert found.error == "too_large" and "page 1 takes longer than 30 s" in found.message
    assert time.monotonic() - begun < 100


def test_ten_thousand_pages_are_read_and_one_more_is_too_large(read, tmp_path):
    line = [(60, 700, 11, "Una pagina entre diez mil, con las palabras que hacen falta para que nadie la lea dos veces.")]
    file = pdf(tmp_path / "long.pdf", [line] * 10_000)
    found = read(file)
    assert len(found.pages) == 10_000 and found.cpu_seconds < 60
    assert read(file, pages_max=9_999).error == "too_large"


def test_a_thousand_blank_pages_are_empty(read, tmp_path):
    found = read(pdf(tmp_path / "blank.pdf", [[]] * 1_000))
    assert found.error == "empty" and found.cpu_seconds < 60


def test_a_page_is_drawn(read, tmp_path):
    file = pdf(tmp_path / "two.pdf", [[(60, 700, 11, "Primera")], [(60, 700, 40, "Segunda")]])
    found = read(file, draw={"page": 2, "width": 400})
    assert [line["type"] for line in found.lines] == ["image"]
    assert found.lines[0]["image"].startswith("iVBORw0KGgo")


# --- pictures --------------------------------------------------------------------------------------------------------------

def test_a_picture_that_is_too_large_is_never_decoded(read, tmp_path):
    found = read(write_png(tmp_path / "huge.png", 50_000, 50_000))
    assert found.error == "too_large" and "2500 megapixels" in found.message and found.cpu_seconds < 5


def tiff(path, pages):
    """pages: (width, height, value of all its points); grey, not compressed."""
    out, link = bytearray(b"II*\0\0\0\0\0"), 4
    for width, height, value in pages:
        data = len(out)
        out += bytes([value]) * (width * height)
        out += b"\0" * (len(out) % 2)
        struct.pack_into("<I", out, link, len(out))
        fields = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, data), (277, 3, 1), (278, 4, height), (279, 4, width * height)]
        out += struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", tag, kind, 1, number) for tag, kind, number in fields)
        link = len(out)
        out += b"\0\0\0\0"
    path.write_bytes(out)
    return path


def bmp(path, width, height, blue, green, red):
    points = (bytes([blue, green, red]) * width + b"\0" * (-3 * width % 4)) * height
    path.write_bytes(b"BM" + struct.pack("<IHHI", 54 + len(points), 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(points), 2835, 2835, 0, 0) + points)
    return path


def drawn(found):
    """Width, height of a drawn page."""
    image = base64.b64decode(found.lines[0]["image"])
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", image[16:24])


def test_pages_of_pictures_that_browsers_do_not_show_are_drawn(read, tmp_path):
    two = tiff(tmp_path / "two.tiff", [(300, 400, 200), (600, 300, 90)])
    assert drawn(read(two, draw={"page": 1, "width": 150})) == (150, 200)
    assert drawn(read(two, draw={"page": 2, "width": 200})) == (200, 100)
    assert drawn(read(bmp(tmp_path / "a.bmp", 300, 600, 0, 0, 255), draw={"page": 1, "width": 100})) == (100, 200)
    half = tmp_path / "half.tiff"
    half.write_bytes(two.read_bytes()[:60_000])
    assert read(half, draw={"page": 1, "width": 150}).error == "damaged"


def test_a_picture_too_large_for_one_line_is_drawn_smaller(read, tmp_path):
    noise = write_png(tmp_path / "noise.png", 3_000, 3_000, [os.urandom(3_000) for _ in range(3_000)])
    assert noise.stat().st_size > 6 << 20
    assert drawn(read(noise, draw={"page": 1, "width": 800})) == (800, 800)


def test_a_damaged_picture_is_damaged_and_an_empty_one_empty(read, tmp_path):
    assert read(write_png(tmp_path / "cut.png", 300, 300)).error in ("damaged", "empty")
    assert read(write_png(tmp_path / "white.png", 300, 300, [b"\xff" * 300] * 300)).error == "empty"
    (tmp_path / "half.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert read(tmp_path / "half.jpg").error == "damaged"


# --- office ----------------------------------------------------------------------------------------------------------------

STYLES = ('<w:styles xmlns:w="http://w"><w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="Mio"><w:name w:val="Mio"/><w:basedOn w:val="Ttulo1"/></w:style></w:styles>')


def test_word_headings_come_from_styles_and_lists_have_their_numbers(read, tmp_path):
    numbering = ('<w:numbering xmlns:w="http://w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                 '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
                 '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>')

    def item(text, level):
        return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    body = (paragraph("Objeto", "Ttulo1") + paragraph("Alcance", "Mio") + paragraph("Texto normal.") + item("Uno", 0) + item("Sub", 1) + item("Dos", 0) +
            '<w:p><w:r><w:t>Se </w:t></w:r><w:del><w:r><w:delText>borra</w:delText></w:r></w:del><w:ins><w:r><w:t>queda</w:t></w:r></w:ins></w:p>')
    links = relationships_of_word(styles="styles.xml", numbering="numbering.xml")
    found = read(docx(tmp_path / "a.docx", body, **{"word__styles.xml": STYLES, "word__numbering.xml": numbering,
                                                                         "word___rels__document.xml.rels": links}))
    assert [(b["kind"], b["level"], b["text"]) for b in found.blocks] == [
        ("heading", 1, "Objeto"), ("heading", 1, "Alcance"), ("paragraph", 0, "Texto normal."), ("list", 0, "1. Uno\n  a) Sub\n2. Dos"), ("paragraph", 0, "Se queda")]


def relationships_of_word(**parts):
    return relationships([(f"r{i}", kind, target) for i, (kind, target) in enumerate(parts.items())])


def test_a_merged_cell_is_repeated_downwards_and_blank_to_the_right(read, tmp_path):
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    table = ("<w:tbl><w:tr>" + cell("Zona") + cell("Horario", '<w:gridSpan w:val="2"/>') + "</w:tr><w:tr>" + cell("Norte", '<w:vMerge w:val="restart"/>') +
             cell("9") + cell("14") + "</w:tr><w:tr>" + cell("", "<w:vMerge/>") + cell("16") + cell("19|20") + "</w:tr></w:tbl>")
    found = read(docx(tmp_path / "t.docx", table))
    assert found.texts() == ["| Zona | Horario |  |\n| --- | --- | --- |\n| Norte | 9 | 14 |\n| Norte | 16 | 19\\|20 |"]


def test_a_sheet_shows_dates_percentages_and_results(read, tmp_path):
    styles = ('<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/>'
              '<xf numFmtId="10"/><xf numFmtId="21"/></cellXfs></styleSheet>')
    rows = (row_of_texts(1, ["Fecha", "Parte", "Hora", "Suma", "Activo"]) +
            '<row r="2"><c r="A2" s="1"><v>45352</v></c><c r="B2" s="2"><v>0.153</v></c><c r="C2" s="3"><v>0.354166666666667</v></c>'
            '<c r="D2"><f>1+1</f><v>2</v></c><c r="E2" t="b"><v>1</v></c></row>')
    found = read(xlsx(tmp_path / "s.xlsx", {"Enero": rows, "Vacía": ""}, styles))
    assert found.texts() == ["| Fecha | Parte | Hora | Suma | Activo |\n| --- | --- | --- | --- | --- |\n| 2024-03-01 | 15.3% | 08:30 | 2 | TRUE |"]
    assert [page["label"] for page in found.pages] == ["Enero", "Vacía"]


def test_sheets_are_found_by_their_relationships_and_hidden_ones_say_so(read, tmp_path):
    members = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": relationships([("r1", "officeDocument", "xl/libro.xml")]),
               "xl/libro.xml": f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="Ventas" sheetId="7" r:id="b"/><sheet name="Costes" sheetId="2" state="hidden" r:id="a"/>'
                                  '<sheet name="Claves" sheetId="3" state="veryHidden" r:id="d"/><sheet name="Gráfico" sheetId="4" r:id="c"/></sheets></workbook>',
               "xl/_rels/libro.xml.rels": relationships([("a", "worksheet", "uno.xml"), ("b", "worksheet", "/hojas/dos.xml"), ("c", "chartsheet", "tres.xml"),
                                                            ("d", "worksheet", "no/esta.xml")])}
    for part, text in [("xl/uno.xml", "Alquiler"), ("hojas/dos.xml", "Entradas"), ("xl/tres.xml", "Nada")]:
        members[part] = f"<worksheet><sheetData>{row_of_texts(1, [text])}</sheetData></worksheet>"
    found = read(zip_file(tmp_path / "r.xlsx", members))
    assert [page["label"] for page in found.pages] == ["Ventas", "Costes (hidden)", "Claves (hidden)", "Gráfico"]
    assert [(block["page"], block["text"]) for block in found.blocks] == [(1, "Entradas"), (2, "Alquiler")]


def test_a_long_sheet_repeats_its_header_and_keeps_formulas_as_text(read, tmp_path):
    rows = row_of_texts(1, ["Nombre", "Nota"]) + "".join(
        f'<row r="{i}"><c r="A{i}" t="inlineStr"><is><t>=cmd|{i}</t></is></c><c r="B{i}"><v>{i}</v></c></row>' for i in range(2, 122))
    tables = read(xlsx(tmp_path / "l.xlsx", {"Notas": rows})).texts("table")
    assert len(tables) == 3
    assert all(table.startswith("| Nombre | Nota |\n| --- | --- |\n| =cmd") for table in tables)


# --- text ------------------------------------------------------------------------------------------------------------------

def test_the_content_says_what_a_file_is_and_not_its_name(read, tmp_path):
    def named(name, content):
        (tmp_path / name).write_bytes(content)
        return read(tmp_path / name)

    assert named("informe.pdf", "Hola, esto es texto.".encode()).document["format"] == "txt"
    assert named("foto.txt", pdf(tmp_path / "x", [[(60, 700, 11, "Hola a todos los presentes")]]).read_bytes()).document["format"] == "pdf"
    assert named("a.docx", b"<!DOCTYPE html><html><body><p>Hola</p></body></html>").document["format"] == "html"
    assert named("precios.csv", b"a;b\n1;2\n").document["format"] == "csv"
    assert named("leeme.md", b"# Hola\n").document["format"] == "md"
    for content, what in [(b"GIF89a" + bytes(30), "GIF"), (b"\x7fELF" + bytes(60), "program"), (b"\x1f\x8b" + bytes(60), "gzip"),
                          (b'<svg xmlns="x"><script>alert(1)</script></svg>', "SVG"), (os.urandom(4000), "binary")]:
        found = named("que.bin", content)
        assert found.error == "unsupported" and what in found.message and "DOCX" in found.message
    assert named("nada.txt", b"").error == named("nada2.txt", b"  \n ").error == "empty"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"])
def test_text_in_any_encoding(read, tmp_path, encoding):
    text = "La señora García pidió una caña y un cigüeñal. ¿Cuánto costó? Después salió con el niño hacia la estación de Logroño."
    (tmp_path / "t.txt").write_bytes(text.encode(encoding))
    found = read(tmp_path / "t.txt")
    assert found.texts() == [text]
    assert found.document["language"] == "es"


def test_html_keeps_structure_and_leaves_out_what_nobody_sees(read, tmp_path):
    (tmp_path / "p.html").write_text(
        "<html><head><title>Manual</title><style>p{}</style></head><body><nav>Menú</nav><h1>Uso</h1><p>Hola<br>mundo</p><script>alert('no')</script>"
        "<div style='display: none'>oculto</div><p hidden>oculto</p><ul><li>Uno<ul><li>Dentro</li></ul></li><li>Dos</li></ul><ol start=3><li>Tres</li></ol>"
        "<table><tr><th>A<th>B</tr><tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr></table><pre>if (a)\n  b();</pre>"
        "<svg><script>alert(1)</script><text>dibujo</text></svg><noscript>no</noscript></body></html>")
    found = read(tmp_path / "p.html")
    assert found.document["title"] == "Manual"
    assert [(b["kind"], b["text"]) for b in found.blocks] == [
        ("heading", "Uso"), ("paragraph", "Hola\nmundo"), ("list", "- Uno\n  - Dentro\n- Dos"), ("list", "3. Tres"),
        ("table", "| A | B |\n| --- | --- |\n| x | 1 |\n| x | 2 |"), ("code", "if (a)\n  b();")]


def test_mail_has_its_headers_and_prefers_plain_text(read, tmp_path):
    (tmp_path / "m.eml").write_bytes(
        b"From: Ana <ana@example.com>\r\nTo: luis@example.com\r\nSubject: =?utf-8?q?Reuni=C3=B3n?=\r\nDate: Fri, 1 Mar 2024 09:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary="c"\r\n\r\n--c\r\n'
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nNos vemos ma\xf1ana.\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>HTML</p>\r\n"
        b'--c--\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="acta.pdf"\r\n\r\nx\r\n--b--\r\n')
    found = read(tmp_path / "m.eml")
    assert found.document == {"type": "document", "format": "eml", "media_type": "message/rfc822", "title": "Reunión", "language": "", "pages": 0}
    assert found.texts() == ["Reunión", "From: Ana <ana@example.com>\nTo: luis@example.com\nDate: 2024-03-01 09:00 +0100", "Nos vemos mañana.", "Attachments: acta.pdf"]


# --- hostile ---------------------------------------------------------------------------------------------------------------

def test_zip_bombs_are_too_large(read, tmp_path):
    bomb = zip_file(tmp_path / "bomb.docx", {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": (
        '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>'), "word/document.xml": " " * (150 << 20)})
    assert read(bomb).error == "too_large"
    many = zip_file(tmp_path / "many.docx", {"[Content_Types].xml": ""} | {f"word/{i}": "" for i in range(20_001)}, zipfile.ZIP_STORED)
    assert read(many).error == "too_large"


def test_deep_and_entity_ridden_xml_does_no_harm(read, tmp_path):
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    assert read(docx(tmp_path / "deep.docx", deep)).error == "too_large"
    laughs = ('<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
              '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;&x; fin</w:t></w:r></w:p></w:body></w:document>')
    found = read(docx(tmp_path / "laughs.docx", "", **{"word__document.xml": laughs}))
    assert "root:" not in json.dumps(found.lines) and "jaja" not in found.text


def test_deep_html_does_no_harm(read, tmp_path):
    (tmp_path / "deep.html").write_text("<html>" + "<div>" * 200_000 + "Hola" + "</div>" * 200_000)
    assert read(tmp_path / "deep.html").error == "too_large"
    (tmp_path / "some.html").write_text("<html>" + "<div>" * 1_500 + "Hola" + "</div>" * 1_500)
    assert read(tmp_path / "some.html").texts() == ["Hola"]


def files_of(found, scratch):
    """name -> content of the files of an archive, which lie in the scratch folder under their numbers."""
    told = [line for line in found.lines if line["type"] == "file"]
    return {line["name"]: (scratch / f"file-{line['number']}").read_bytes() for line in told}


def test_the_files_of_an_archive_are_told_and_lie_in_the_scratch_folder(read, tmp_path):
    members = {"manuales/alta.txt": "La impresora.", "manuales/": "", "../../fuera.txt": "Fuera.", "__MACOSX/._alta.txt": "x", ".DS_Store": "x",
               "vacio.txt": "", "dentro.zip": "PK"}
    found = read(zip_file(tmp_path / "todo.zip", members))
    assert found.document["format"] == "zip" and found.whole
    assert files_of(found, tmp_path / "scratch") == {"manuales/alta.txt": b"La impresora.", "../../fuera.txt": b"Fuera.", "dentro.zip": b"PK"}
    assert sorted(path.name for path in (tmp_path / "scratch").iterdir()) == ["file-1", "file-2", "file-3"]
    assert read(zip_file(tmp_path / "leer.zip", {"a/": ""})).error == "empty"


def test_archives_have_limits(read, tmp_path):
    assert read(zip_file(tmp_path / "bomb.zip", {"a.txt": "0" * (64 << 20)})).error == "too_large"
    assert read(zip_file(tmp_path / "many.zip", {f"{i}.txt": "x" for i in range(2001)}, zipfile.ZIP_STORED)).error == "too_large"
    halved = tmp_path / "half.zip"
    halved.write_bytes(zip_file(tmp_path / "whole.zip", {"a.txt": "x" * 5000}).read_bytes()[:60])
    assert read(halved).error == "damaged"


def test_names_in_a_zip_are_not_paths(read, tmp_path):
    evil = {"../../../../tmp/fragua-evil": "x", "/etc/fragua-evil": "x", "word/document.xml": "<d><body/></d>"}
    links = '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>'
    found = read(zip_file(tmp_path / "evil.docx", {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": links} | evil))
    assert found.error == "damaged" and "root:" not in json.dumps(found.lines)
    assert not os.path.exists("/tmp/fragua-evil") and not os.path.exists("/etc/fragua-evil")


def test_a_sheet_that_claims_a_far_corner_costs_nothing(read, tmp_path):
    rows = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>lejos</t></is></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    found = read(xlsx(tmp_path / "far.xlsx", {"S": rows}))
    assert found.texts() == ["1", "lejos"] and found.cpu_seconds < 5


def test_text_beyond_the_bound_is_too_large(read, tmp_path):
    (tmp_path / "long.txt").write_text("palabra " * 200_000)
    assert read(tmp_path / "long.txt", text_max_bytes=1_000_000).error == "too_large"
    found = read(tmp_path / "long.txt")
    assert found.whole and len(found.blocks) > 1          # one paragraph, in pieces that fit into a line


def test_a_circle_in_an_old_container_is_damaged(read, tmp_path):
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE)
    struct.pack_into("<III", header, 64, 0, 0xFFFFFFFE, 0)
    for i in range(109):
        struct.pack_into("<I", header, 76 + 4 * i, 0 if i == 0 else 0xFFFFFFFF)
    table = struct.pack("<II", 0xFFFFFFFD, 1) + b"\xff" * 504      # sector 1 goes on with sector 1
    (tmp_path / "circle.doc").write_bytes(header + table + bytes(512))
    assert read(tmp_path / "circle.doc").error == "damaged"


# --- the process -----------------------------------------------------------------------------------------------------------

def test_a_missing_tool_says_what_to_install(read, tmp_path):
    file = pdf(tmp_path / "a.pdf", [[(60, 700, 11, "Hola")]])
    found = read(file, variables={"PATH": "/nowhere"})
    assert found.error == "tool_missing" and "poppler-utils" in found.message


def test_a_tool_that_reaches_out_is_refused(fragua_binary, tmp_path):
    """A pdfinfo of our own: it tries the network, a file of its owner, writing elsewhere, and says what came of it as the document's title."""
    secret, tools, scratch = tmp_path / "secret", tmp_path / "bin", tmp_path / "scratch"
    secret.write_text("do not read")
    tools.mkdir()
    scratch.mkdir()
    program = tools / "pdfinfo"
    program.write_text(f"""#!/usr/bin/python3
import socket
def tried(action):
    try:
        action()
        return 'done'
    except OSError as refused:
        return type(refused).__name__ + str(refused.errno)
print('Title:', 'net', tried(lambda: socket.socket(socket.AF_INET)), 'read', tried(lambda: open({str(secret)!r}).read()),
      'write', tried(lambda: open({str(tmp_path / "out")!r}, 'w')), 'scratch', tried(lambda: open('inside', 'w')))
print('Pages: 1')
""")
    program.chmod(0o755)
    (tools / "pdftotext").write_text("#!/bin/sh\necho '<page width=\"10\" height=\"10\"><flow><block><line>'\n" + "echo '<word xMin=\"1\" yMin=\"1\" xMax=\"2\" yMax=\"2\">hola</word>'\n" * 20 +
                                     "echo '</line></block></flow></page>'\n")
    (tools / "pdftotext").chmod(0o755)
    file = pdf(tmp_path / "a.pdf", [[]])
    found = extract(fragua_binary, file, scratch, variables={"PATH": f"{tools}:/usr/bin:/bin"})
    assert found.document["title"].startswith("net OSError97 read PermissionError13 write PermissionError13 scratch done"), found.lines


def test_the_child_ends_when_nobody_listens_any_more(fragua_binary, tmp_path):
    file = pdf(tmp_path / "long.pdf", [[(60, 700, 11, "Una pagina de muchas, con las palabras que hacen falta para que no parezca un escaneo.")]] * 3_000)
    ours, theirs = socket.socketpair()
    os.set_inheritable(theirs.fileno(), True)
    child = start(fragua_binary, theirs)
    theirs.close()
    ours.sendall(json.dumps({"path": str(file), "name": "a.pdf", "scratch": str(tmp_path)}).encode() + b"\n")
    ours.recv(100)
    ours.close()
    assert child.wait(60) != 0
