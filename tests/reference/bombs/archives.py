"""Workbooks, text documents and other archives that become large when they are unpacked."""

import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'
SHEET_TAIL = "</sheetData></worksheet>"
ROW = '<row><c t="inlineStr"><is><t>name</t></is></c><c t="inlineStr"><is><t>date</t></is></c></row>'
# Deflate packs a thousand to one, so this much fits into a file of 64 MB, and into one of a few.
UNPACKED = 2_000_000_000


def stream(archive, name, head, piece, tail, size):
    """`piece` is text or a function of a number, repeated until `size` bytes are written."""
    with archive.open(name, "w", force_zip64=True) as file:
        file.write(head.encode())
        written, number = 0, 0
        fixed = None if callable(piece) else (piece * (1_000_000 // max(1, len(piece)) + 1)).encode()
        while written < size:
            block = fixed or "".join(piece(number + i) for i in range(10_000)).encode()
            file.write(block)
            written, number = written + len(block), number + 10_000
        file.write(tail.encode())


def xlsx(sheets=None, shared=None, other=(), size=UNPACKED):
    """A workbook. `sheets` are (head, piece, tail) of each, `shared` the same for the shared strings."""
    def write(path, _):
        listed = sheets or [(SHEET_HEAD + ROW, "", SHEET_TAIL)]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
                                            'Target="xl/workbook.xml"/></Relationships>')
            names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(listed) + 1))
            archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>')
            related = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                              for n in range(1, len(listed) + 1))
            archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELATIONS}">{related}<Relationship Id="s" '
                             f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
            if shared:
                stream(archive, "xl/sharedStrings.xml", *shared, size)
            for number, (head, piece, tail) in enumerate(listed, 1):
                stream(archive, f"xl/worksheets/sheet{number}.xml", head, piece, tail, size if piece else 0)
            for name, head, piece, tail in other:
                stream(archive, name, head, piece, tail, size)
    return write


def sheet(piece, head=SHEET_HEAD + ROW, tail=SHEET_TAIL, size=UNPACKED):
    return xlsx([(head, piece, tail)], size=size)


def ods(piece, head="", tail="", size=UNPACKED):
    begin = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
             'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:'
             'xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">')
    end = "</table:table></office:spreadsheet></office:body></office:document-content>"

    def write(path, _):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
            stream(archive, "content.xml", begin + head, piece, tail + end, size)
    return write


def docx(path, _):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        stream(archive, "word/document.xml", "<w:document>", "<w:p/>", "</w:document>", UNPACKED)


def members(path, _):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(500_000):
            archive.writestr(zipfile.ZipInfo(f"xl/{number}"), "")


def entities(path, size):
    laughs = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
    head = laughs + f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>name&a11;</t></is></c></row>'
    xlsx([(head, "", SHEET_TAIL)])(path, size)


def ole(path, size):
    """The head of an old workbook, then nothing that makes sense."""
    with open(path, "wb") as file:
        file.write(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900060000000000000000000000"))
        file.write(b"\xff\xff\xff\x7f" * (size // 4 - 20))


def cell(reference, value):
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def archives():
    string = f'<sst xmlns="{MAIN}">'
    shapes = {
        "rows.xlsx": sheet(lambda n: f"<row>{cell(f'A{n + 2}', f'W{n}')}{cell(f'B{n + 2}', '2027-01-02')}</row>", size=300_000_000),
        "empty-rows.xlsx": sheet("<row/>"),
        "empty-cells.xlsx": sheet("<row>" + "<c/>" * 100 + "</row>"),
        "one-row.xlsx": sheet("<c/>", SHEET_HEAD + ROW + "<row>", "</row>" + SHEET_TAIL),
        "one-cell.xlsx": sheet("x", SHEET_HEAD + '<row><c t="inlineStr"><is><t>', "</t></is></c></row>" + SHEET_TAIL),
        "far-cell.xlsx": xlsx([(SHEET_HEAD + ROW + f"<row>{cell('XFD1048576', 'x')}</row>", "", SHEET_TAIL)]),
        "diagonal.xlsx": xlsx([(SHEET_HEAD + ROW + "".join(f"<row>{cell(f'ABC{n * 1000}', 'x')}</row>" for n in range(1, 1000)),
                                "", SHEET_TAIL)]),
        "nested.xlsx": sheet("<x>"),
        "text.xlsx": sheet(" "),
        "attributes.xlsx": sheet(' a="b"', SHEET_HEAD + "<row", "/>" + SHEET_TAIL),
        "comment.xlsx": sheet("x", SHEET_HEAD + "<!--", "-->" + SHEET_TAIL),
        "merged-cells.xlsx": sheet('<mergeCell ref="A1:B2"/>', f'<worksheet xmlns="{MAIN}"><sheetData>{ROW}</sheetData><mergeCells>',
                                   "</mergeCells></worksheet>"),
        "shared-strings.xlsx": xlsx(shared=(string, lambda n: f"<si><t>{n}</t></si>", "</sst>"), size=600_000_000),
        "same-shared-strings.xlsx": xlsx(shared=(string, "<si><t>x</t></si>", "</sst>")),
        "empty-shared-strings.xlsx": xlsx(shared=(string, "<si/>", "</sst>")),
        "long-shared-string.xlsx": xlsx(shared=(string + "<si><t>", "x", "</t></si></sst>")),
        "rich-shared-string.xlsx": xlsx(shared=(string + "<si>", "<r><t>x</t></r>", "</si></sst>")),
        "styles.xlsx": xlsx(other=[("xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><cellXfs>', '<xf numFmtId="14"/>',
                                    "</cellXfs></styleSheet>")]),
        "formats.xlsx": xlsx(other=[("xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><numFmts>',
                                     '<numFmt numFmtId="165" formatCode="yyyy"/>', "</numFmts></styleSheet>")]),
        "sheets.xlsx": xlsx([(SHEET_HEAD + ROW, "", SHEET_TAIL)] * 20_000),
        "relations.xlsx": xlsx(other=[("xl/worksheets/_rels/sheet1.xml.rels", f'<Relationships xmlns="{RELATIONS}">',
                                       '<Relationship Id="x" Target="y"/>', "</Relationships>")]),
        "entities.xlsx": entities,
        "members.xlsx": members,
        "rows.ods": ods("<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"),
        "one-cell.ods": ods("x", "<table:table-row><table:table-cell><text:p>", "</text:p></table:table-cell></table:table-row>"),
        "repeated.ods": ods('<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
                            'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>', size=1),
        "nested.ods": ods("<table:table-row>"),
        "empty-cells.ods": ods("<table:table-cell/>", "<table:table-row>", "</table:table-row>"),
        "document.docx": docx,
        "old.xls": ole,
    }
    for name, write in shapes.items():
        yield "windows", name, write
    for topic in ["holidays", "systems", "people", "advisories"]:
        yield topic, "rows.xlsx", shapes["rows.xlsx"]
        yield topic, "same-shared-strings.xlsx", shapes["same-shared-strings.xlsx"]
