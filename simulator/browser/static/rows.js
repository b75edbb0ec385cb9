// Which messages stand together as one row of a chat: those of an album do, every other stands alone.

/** @returns {string} the row that a line belongs to */
export function rowKey(line) {
  const set = line.kind === "image" && line.by !== "bot" ? line.message.imageSet?.id : null;
  return set ? `album-${line.by}-${set}` : line.message_id;
}

/** @param {any[]} lines oldest first; @returns {Map<string, any[]>} rows in the order of their first line */
export function asRows(lines) {
  const rows = new Map();
  for (const line of lines) {
    const key = rowKey(line);
    if (rows.has(key)) rows.get(key).push(line);
    else rows.set(key, [line]);
  }
  return rows;
}
