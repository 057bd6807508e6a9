#!/usr/bin/env python3
"""Makes the documents of this folder that are no plain text: the manual (DOCX), the tariffs (XLSX) and the scanned notice (PDF).

Run it again after a change: python3 examples/documents/make.py (needs pdftoppm). Everything in this folder is made up."""

import pathlib
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests/api"))

from small_documents import pdf, picture_of, scan  # noqa: E402

SCHEMAS = "http://schemas.openxmlformats.org"
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"
WORD = f"{SCHEMAS}/wordprocessingml/2006/main"
SHEET = f"{SCHEMAS}/spreadsheetml/2006/main"
APPLICATION = "application/vnd.openxmlformats-officedocument"
MANUAL = [
    ("T1", "Manual del puesto de informática"),
    ("T2", "Restablecer la contraseña"),
    (None, "La contraseña del correo se restablece en la página cuenta.empresa.example con el código que llega al móvil. Caduca cada 180 días y no puede "
           "repetir ninguna de las diez últimas."),
    ("T2", "Conectarse desde casa"),
    (None, "La red privada se abre con el programa Puente y el segundo factor del móvil. Si el móvil se pierde, el servicio de informática da un código de un "
           "solo uso en la extensión 4410."),
    ("T2", "La impresora de la segunda planta"),
    (None, "Cuando la impresora de la segunda planta muestra el error E-27 hay que vaciar la bandeja 2, esperar un minuto y encenderla con el botón trasero."),
    ("T2", "Copias de seguridad"),
    (None, "Los documentos de la unidad U se copian cada noche a las 02:30 y se guardan durante noventa días. Lo que está en el escritorio no se copia."),
    ("T2", "Averías"),
    (None, "Las averías se comunican en averias@empresa.example o en la extensión 4400, de lunes a viernes de 8:00 a 18:30."),
]
TARIFFS = [
    ("Recinto", "Entrada general", "Grada", "VIP", "Aforo"),
    ("Sala Faro", "18 euros", "25 euros", "60 euros", "900"),
    ("Teatro del Puerto", "22 euros", "34 euros", "75 euros", "1450"),
    ("Pabellón Norte", "30 euros", "45 euros", "110 euros", "8200"),
]
NOTICE = [
    (22, "AVISO AL PÚBLICO"),
    (14, "La consigna del recinto cuesta tres euros por bulto y"),
    (14, "cierra treinta minutos después del final del concierto."),
    (14, "No se permite la entrada de botellas de vidrio ni de"),
    (14, "paraguas largos."),
    (14, "El aparcamiento del sótano abre dos horas antes y"),
    (14, "cuesta ocho euros por toda la noche."),
    (14, "Los objetos perdidos se guardan quince días en la"),
    (14, "oficina de la puerta número cuatro."),
]


def package(kind, main, parts, types):
    """An Office file: its parts, which of them is the main one, and what the others are to it. The same bytes each time."""
    def relationships(entries):
        rows = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{what}" Target="{target}"/>' for i, (what, target) in enumerate(entries, 1))
        return f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{rows}</Relationships>'

    folder, name = main.split("/")
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{APPLICATION}.{kind}.{type_}+xml"/>' for part, type_ in types.items())
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    members = {"[Content_Types].xml": f'<Types xmlns="{SCHEMAS}/package/2006/content-types">{defaults}{overrides}</Types>',
               "_rels/.rels": relationships([("officeDocument", main)]),
               f"{folder}/_rels/{name}.rels": relationships([(what, target) for what, target, _ in parts]),
               **{f"{folder}/{target}": text for _, target, text in parts}}
    return members


def write(members, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)


def manual(path):
    def paragraph(style, text):
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"

    headings = "".join(f'<w:style w:type="paragraph" w:styleId="T{level}"><w:name w:val="heading {level}"/><w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
                       f'<w:rPr><w:b/><w:sz w:val="{36 - 6 * level}"/></w:rPr></w:style>' for level in (1, 2))
    members = package("wordprocessingml", "word/document.xml", [("styles", "styles.xml", f'<w:styles xmlns:w="{WORD}">{headings}</w:styles>')],
                         {"word/document.xml": "document.main", "word/styles.xml": "styles"})
    body = "".join(paragraph(style, text) for style, text in MANUAL)
    write({**members, "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}, path)


def tariffs(path):
    def row(number, texts):
        cells = "".join(f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for i, text in enumerate(texts))
        return f'<row r="{number}">{cells}</row>'

    rows = "".join(row(number, texts) for number, texts in enumerate(TARIFFS, 1))
    members = package("spreadsheetml", "xl/workbook.xml",
                         [("worksheet", "worksheets/sheet1.xml", f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>')],
                         {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet"})
    sheets = '<sheet name="Tarifas" sheetId="1" r:id="r1"/>'
    write({**members, "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'}, path)


def notice(path):
    with tempfile.TemporaryDirectory() as folder:
        lines = [(72, 700 - 34 * number, size, text) for number, (size, text) in enumerate(NOTICE)]
        page = pdf(pathlib.Path(folder) / "notice.pdf", [lines])
        scan(path, picture_of(page, dpi=130))


def main():
    manual(HERE / "manual-informatica.docx")
    tariffs(HERE / "tarifas.xlsx")
    notice(HERE / "aviso-escaneado.pdf")


if __name__ == "__main__":
    main()
