package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.RecordKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A page of a listing as the original writes it (contract 6.2): a JSON array without blanks, of
 * objects with {@code key} (base64), {@code val} (base64; the plain score in decimal of a sorted
 * set's member), {@code ver}, {@code tb} and {@code ty}, in this order; what is absent is left out.
 * Table names need no escaping: the endpoints allow letters, digits and {@code _:.} only.
 */
final class ListingJson {
  /** What an element has beside its key and value, at most: its punctuation, names and numbers. */
  private static final int ELEMENT_BYTES = 64;

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final ByteArrayOutputStream out;

  private ListingJson(int capacity) {
    this.out = new ByteArrayOutputStream(capacity);
  }

  /** Elements without {@code tb} and {@code ty}: what {@code hkeys smembers zrange*} answer. */
  static Bytes ofTable(List<Listed> records) {
    return write(records, false);
  }

  /** Elements of table records have {@code tb} and {@code ty}: what {@code keys} answers. */
  static Bytes ofAllKinds(List<Listed> records) {
    return write(records, true);
  }

  private static Bytes write(List<Listed> records, boolean namesTables) {
    ListingJson json = new ListingJson(capacity(records));
    json.out.write('[');
    for (int at = 0; at < records.size(); at++) {
      json.text(at == 0 ? "{" : ",{");
      json.element(records.get(at), namesTables);
      json.out.write('}');
    }
    json.out.write(']');
    return Bytes.wrap(json.out.toByteArray());
  }

  private static int capacity(List<Listed> records) {
    int bytes = 2;
    for (Listed record : records) {
      int content =
          record.id().name().length()
              + record.id().table().length()
              + record.value().map(Bytes::length).orElse(0);
      bytes += ELEMENT_BYTES + (content + 4) / 3 * 4;
    }
    return bytes;
  }

  private void element(Listed record, boolean namesTables) {
    RecordKind kind = record.id().kind();
    text("\"key\":\"");
    base64(record.id().name());
    record.value().ifPresent(value -> value(value, kind));
    text("\",\"ver\":" + record.version());
    if (namesTables && kind.inTable()) {
      text(",\"tb\":\"");
      out.writeBytes(record.id().table().unsafeArray());
      text("\",\"ty\":\"" + kind.letter() + "\"");
    }
  }

  private void value(Bytes value, RecordKind kind) {
    text("\",\"val\":\"");
    if (kind == RecordKind.SORTED_SET_MEMBER) {
      out.writeBytes(value.unsafeArray());
    } else {
      base64(value);
    }
  }

  private void base64(Bytes bytes) {
    out.writeBytes(BASE64.encode(bytes.unsafeArray()));
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
