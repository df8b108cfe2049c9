"""What the tests of the formats look at in a document, and PDF and Word files to be read."""

import io
from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document as WordDocument
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from index.types import Document, HeaderField


def paragraphs(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.paragraphs]


def header(document: Document) -> dict[HeaderField, str]:
    return {name: document.text[start:end] for name, (start, end) in document.header.items()}


def facts(document: Document) -> tuple[str, date | None, str | None]:
    return document.title, document.published, document.url


def names(**entries: str) -> DictionaryObject:
    """A dictionary of PDF whose values are names."""
    return DictionaryObject(
        {NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in entries.items()}
    )


def pdf_writer(pages: Sequence[Sequence[str]], title: str | None = None) -> PdfWriter:
    """A PDF of pages of lines, in Helvetica."""
    writer = PdfWriter()
    for lines in pages:
        content = DecodedStreamObject()
        shown = " T*\n".join(f"({line}) Tj" for line in lines)
        content.set_data(f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown} ET".encode("cp1252"))
        add_page(writer, content)
    if title is not None:
        writer.add_metadata({"/Title": title})
    return writer


def add_page(writer: PdfWriter, content: StreamObject) -> None:
    font = names(Type="Font", Subtype="Type1", BaseFont="Helvetica", Encoding="WinAnsiEncoding")
    fonts = DictionaryObject({NameObject("/F1"): font})
    page = writer.add_blank_page(612, 792)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)


def pdf_bytes(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def make_pdf(*pages: Sequence[str], title: str | None = None) -> bytes:
    return pdf_bytes(pdf_writer(pages, title))


def word_bytes(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_word(*blocks: tuple[str, str]) -> bytes:
    """A Word document of paragraphs: the name of the style, and the text."""
    document = docx.Document()
    for style, text in blocks:
        document.add_paragraph(text, style or None)
    return word_bytes(document)
