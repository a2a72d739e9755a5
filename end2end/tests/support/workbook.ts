/** The remainder by which a zip archive checks its entries. */
function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A zip archive whose entries are stored as they are. */
function archive(entries: [name: string, text: string][]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const [title, data] = [Buffer.from(name), Buffer.from(text)];
    // From the version needed to the length of the extra field: the same in the entry as in the directory.
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x21, 8);
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), about, title, data]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), about, place, title]));
    bodies.push(entry);
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06'), end]);
}

/** An Excel workbook of one sheet with these texts in its cells. */
export function workbook(rows: string[][]): Buffer {
  const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`;
  const office = 'http://schemas.openxmlformats.org';
  const cells = (row: string[], nth: number) =>
    row.map((text, column) => `<c r="${String.fromCharCode(65 + column)}${nth + 1}" t="inlineStr"><is><t>${text}</t></is></c>`);
  const data = rows.map((row, nth) => `<row r="${nth + 1}">${cells(row, nth).join('')}</row>`).join('');
  const kind = `${office}/officeDocument/2006/relationships`;
  const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return archive([
    ['[Content_Types].xml', xml(`<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/></Types>`)],
    ['_rels/.rels', xml(`<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)],
    ['xl/workbook.xml', xml(`<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${kind}"><sheets><sheet name="Karta" sheetId="1" r:id="rId1"/></sheets></workbook>`)],
    ['xl/_rels/workbook.xml.rels', xml(`<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)],
    ['xl/worksheets/sheet1.xml', xml(`<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${data}</sheetData></worksheet>`)],
  ]);
}
