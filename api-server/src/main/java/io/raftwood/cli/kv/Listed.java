package io.raftwood.cli.kv;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import java.util.Base64;
import java.util.Optional;

/**
 * A record in a listing.
 *
 * @param name key, field or member
 * @param value as the listing writes it; empty if it does not
 * @param version its version
 */
record Listed(Bytes name, Optional<String> value, long version) {
  /**
   * Reads an element.
   *
   * @throws JSONException when it has another form
   */
  static Listed of(JSONObject element) {
    return new Listed(
        decoded(element.getString("key")),
        Optional.ofNullable(element.getString("val")),
        element.getLongValue("ver"));
  }

  /** The value of a key or field. */
  Bytes bytes() {
    return value.map(Listed::decoded).orElse(Bytes.EMPTY);
  }

  /** The score of a member. */
  long score() {
    try {
      return Long.parseLong(value.orElse(""));
    } catch (NumberFormatException e) {
      throw new JSONException("a score is no number", e);
    }
  }

  private static Bytes decoded(String base64) {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(base64 == null ? "" : base64));
    } catch (IllegalArgumentException e) {
      throw new JSONException("a name or value is not base64", e);
    }
  }
}
