package io.raftwood.server.http;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONReader;
import io.raftwood.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a batch: an object whose fields are the call's name, its body, its idempotency key
 * and its parameters. A field that ends with {@code 64} is base64 of the one that is meant. The
 * {@code val} of a call that takes a body is its body. Of calls on trees the parameters are the
 * form.
 *
 * @param route the endpoint
 * @param query the parameters as they would stand in a query
 * @param body as it would come with the call
 * @param idempotencyKey as it would stand in the header
 */
record BatchLine(Route route, RawQuery query, Bytes body, Optional<String> idempotencyKey) {
  /** Most lines of a batch. */
  static final int LINES_MAX = 1000;

  private static final String BASE64_SUFFIX = "64";
  private static final String TREES = "dt/";

  /**
   * The calls in {@code text}, one a line; the last line may lack its end.
   *
   * @param calls the endpoints by name
   * @throws RequestRefusedException naming the first line that has not the form
   */
  static List<BatchLine> read(Bytes text, Map<String, Route> calls) {
    byte[] bytes = text.unsafeArray();
    if (bytes.length == 0) {
      throw new RequestRefusedException(Outcome.MISSING_PARAMETER, "body");
    }
    List<BatchLine> lines = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int end = at;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (lines.size() == LINES_MAX) {
        throw new RequestRefusedException(Outcome.TOO_LONG, "body");
      }
      lines.add(line(bytes, at, end, lines.size() + 1, calls));
      at = end + 1;
    }
    return lines;
  }

  private static BatchLine line(
      byte[] bytes, int from, int to, int number, Map<String, Route> calls) {
    try (JSONReader reader = JSONReader.of(bytes, from, to - from, StandardCharsets.UTF_8)) {
      return new Fields().read(reader).line(calls);
    } catch (MalformedException e) {
      throw malformed(number, e.getMessage());
    } catch (JSONException | IndexOutOfBoundsException e) {
      throw malformed(number, "not a JSON object");
    }
  }

  private static RequestRefusedException malformed(int number, String why) {
    return new RequestRefusedException(Outcome.MALFORMED_LINE, "line " + number + ": " + why);
  }

  /** What is wrong with a line, in words that a header can hold. */
  private static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String why) {
      super(why, null, false, false);
    }
  }

  /** The fields of a line as they are read. */
  private static final class Fields {
    private final List<Parameter> parameters = new ArrayList<>();
    private Optional<String> call = Optional.empty();
    private Optional<Bytes> body = Optional.empty();
    private Optional<Bytes> val = Optional.empty();
    private Optional<Bytes> idempotencyKey = Optional.empty();

    Fields read(JSONReader reader) {
      if (!reader.nextIfObjectStart()) {
        throw new MalformedException("not a JSON object");
      }
      while (!reader.nextIfObjectEnd()) {
        String name = reader.readFieldName();
        if (name == null || name.isEmpty()) {
          throw new MalformedException("not a JSON object");
        }
        if (name.endsWith(BASE64_SUFFIX)) {
          String plain = name.substring(0, name.length() - BASE64_SUFFIX.length());
          take(plain, base64(value(reader)));
        } else if (name.equals("call")) {
          call = only(call, value(reader));
        } else {
          take(name, utf8(value(reader)));
        }
      }
      if (!reader.isEnd()) {
        throw new MalformedException("something behind the object");
      }
      return this;
    }

    private static String value(JSONReader reader) {
      if (reader.isString()) {
        return reader.readString();
      }
      if (reader.isNumber()) {
        return reader.readNumber().toString();
      }
      char next = reader.current();
      if (next == 't' || next == 'f') {
        return Boolean.toString(reader.readBoolValue());
      }
      throw new MalformedException("a value that is no string, number or boolean");
    }

    private static Bytes base64(String text) {
      try {
        return Bytes.wrap(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        throw new MalformedException("a value that is not base64");
      }
    }

    private static Bytes utf8(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          boolean pair =
              i + 1 < text.length()
                  && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
          if (!pair) {
            throw new MalformedException("half a character");
          }
          i++;
        }
      }
      return Bytes.utf8(text);
    }

    private static <T> Optional<T> only(Optional<T> before, T value) {
      if (before.isPresent()) {
        throw new MalformedException("a field is given more than once");
      }
      return Optional.of(value);
    }

    private void take(String name, Bytes value) {
      switch (name) {
        case "body":
          body = only(body, value);
          break;
        case "val":
          val = only(val, value);
          break;
        case "idempotency-key":
          idempotencyKey = only(idempotencyKey, value);
          break;
        default:
          parameters.add(new Parameter(name, value));
          break;
      }
    }

    BatchLine line(Map<String, Route> calls) {
      Route route =
          Optional.ofNullable(calls.get(call.orElseThrow(() -> new MalformedException("no call"))))
              .orElseThrow(() -> new MalformedException("no such call in a batch"));
      Optional<String> key =
          idempotencyKey.map(bytes -> new String(bytes.unsafeArray(), StandardCharsets.ISO_8859_1));
      if (route.operation().startsWith(TREES)) {
        if (body.isPresent()) {
          throw new MalformedException("a call on trees has no body");
        }
        return new BatchLine(route, new RawQuery(""), Bytes.utf8(text(true)), key);
      }
      return route.takesBody() ? withBody(route, key) : withoutBody(route, key);
    }

    private BatchLine withBody(Route route, Optional<String> key) {
      if (val.isPresent() && body.isPresent()) {
        throw new MalformedException("both body and val");
      }
      Bytes content = body.or(() -> val).orElse(Bytes.EMPTY);
      return new BatchLine(route, new RawQuery(text(false)), content, key);
    }

    private BatchLine withoutBody(Route route, Optional<String> key) {
      if (body.isPresent()) {
        throw new MalformedException("this call has no body");
      }
      val.ifPresent(value -> parameters.add(new Parameter("val", value)));
      return new BatchLine(route, new RawQuery(text(false)), Bytes.EMPTY, key);
    }

    private String text(boolean form) {
      StringBuilder text = new StringBuilder();
      for (Parameter parameter : parameters) {
        QueryText.append(text, Bytes.utf8(parameter.name()), parameter.value(), form);
      }
      return text.toString();
    }
  }

  /** A parameter of the call, as bytes. */
  private record Parameter(String name, Bytes value) {}
}
