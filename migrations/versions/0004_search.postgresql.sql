-- The words of cases as they are searched; see storage/models/case_words_sql.py.
CREATE FUNCTION case_words_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(translate(words, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), chr(8203), ''), chr(8204), ''), chr(8205), ''), chr(8206), ''), chr(8207), ''), chr(8288), ''), chr(65039), ''), chr(65279), ''), chr(173), ''), chr(9), ' '), chr(10), ' '), chr(13), ' '), chr(160), ' '), '๐', '0'), '๑', '1'), '๒', '2'), '๓', '3'), '๔', '4'), '๕', '5'), '๖', '6'), '๗', '7'), '๘', '8'), '๙', '9'), 'เเ', 'แ'), 'ํา', 'ำ'), 'ํ่า', '่ำ'), 'ํ้า', '้ำ'), 'ํ๊า', '๊ำ'), 'ํ๋า', '๋ำ'), 'ำ่', '่ำ'), 'ำ้', '้ำ'), 'ำ๊', '๊ำ'), 'ำ๋', '๋ำ'), '่ั', 'ั่'), '่ิ', 'ิ่'), '่ี', 'ี่'), '่ึ', 'ึ่'), '่ื', 'ื่'), 'ุ่', 'ุ่'), 'ู่', 'ู่'), '้ั', 'ั้'), '้ิ', 'ิ้'), '้ี', 'ี้'), '้ึ', 'ึ้'), '้ื', 'ื้'), 'ุ้', 'ุ้'), 'ู้', 'ู้'), '๊ั', 'ั๊'), '๊ิ', 'ิ๊'), '๊ี', 'ี๊'), '๊ึ', 'ึ๊'), '๊ื', 'ื๊'), 'ุ๊', 'ุ๊'), 'ู๊', 'ู๊'), '๋ั', 'ั๋'), '๋ิ', 'ิ๋'), '๋ี', 'ี๋'), '๋ึ', 'ึ๋'), '๋ื', 'ื๋'), 'ุ๋', 'ุ๋'), 'ู๋', 'ู๋'), 'ัั', 'ั'), 'ิิ', 'ิ'), 'ีี', 'ี'), 'ึึ', 'ึ'), 'ืื', 'ื'), 'ุุ', 'ุ'), 'ูู', 'ู'), '่่', '่'), '้้', '้'), '๊๊', '๊'), '๋๋', '๋') $$
--;
CREATE FUNCTION case_grams(words text, month integer) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
  letter text;
  code integer;
  gram integer := 0;
  place integer := 0;
  grams integer[] := ARRAY[16777216 + month];
BEGIN
  FOREACH letter IN ARRAY string_to_array(translate(words, '่้๊๋็์', '') || '  ', NULL) LOOP
    code := ascii(letter);
    gram := ((gram & 65535) << 8)
      + CASE WHEN code BETWEEN 3584 AND 3711 THEN code - 3456 WHEN code < 128 THEN code ELSE mod(code, 31) + 1 END;
    place := place + 1;
    IF place > 2 THEN
      grams := grams || gram;
    END IF;
  END LOOP;
  RETURN grams;
END $$
--;
CREATE VIEW case_words_now AS SELECT c.id AS case_id, ((extract(year FROM c.created_at AT TIME ZONE 'UTC') - 2000) * 12 + extract(month FROM c.created_at AT TIME ZONE 'UTC'))::integer AS month, case_words_fold(c.description || ' ' || c.place || coalesce((SELECT string_agg(' ' || s.words, '' ORDER BY h.id, s.place) FROM case_history h JOIN case_history_words s ON s.entry_id = h.id WHERE h.case_id = c.id AND h.action IN ('add', 'answer', 'dispute')), '')) AS words FROM cases c WHERE NOT c.confidential
--;
CREATE FUNCTION case_words_keep(key bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM case_words WHERE case_id = key;
  INSERT INTO case_words (case_id, month, words)
    SELECT case_id, month, words FROM case_words_now WHERE case_id = key
    ON CONFLICT (case_id) DO UPDATE SET words = excluded.words;
$$
--;
CREATE FUNCTION case_words_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM case_words WHERE case_id = old.id;
  ELSE
    PERFORM case_words_keep(new.id);
  END IF;
  RETURN NULL;
END $$
--;
CREATE FUNCTION case_words_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line bigint := CASE WHEN TG_OP = 'DELETE' THEN old.entry_id ELSE new.entry_id END;
  key bigint;
BEGIN
  SELECT case_id INTO key FROM case_history WHERE id = line AND action IN ('add', 'answer', 'dispute');
  IF FOUND THEN
    PERFORM case_words_keep(key);
  END IF;
  RETURN NULL;
END $$
--;
CREATE INDEX case_grams_index ON case_words USING gin (case_grams(words, month)) WITH (gin_pending_list_limit = 512)
--;
CREATE TRIGGER case_words_told AFTER INSERT ON cases FOR EACH ROW WHEN (NOT new.confidential) EXECUTE FUNCTION case_words_of_case()
--;
CREATE TRIGGER case_words_changed AFTER UPDATE OF description, place, confidential ON cases FOR EACH ROW WHEN (old.description IS DISTINCT FROM new.description OR old.place IS DISTINCT FROM new.place OR old.confidential IS DISTINCT FROM new.confidential) EXECUTE FUNCTION case_words_of_case()
--;
CREATE TRIGGER case_words_gone AFTER DELETE ON cases FOR EACH ROW EXECUTE FUNCTION case_words_of_case()
--;
CREATE TRIGGER case_words_added AFTER INSERT OR UPDATE OF words OR DELETE ON case_history_words FOR EACH ROW EXECUTE FUNCTION case_words_of_history()
--;
INSERT INTO case_words (case_id, month, words) SELECT case_id, month, words FROM case_words_now
--;
