package io.raftwood.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Requests to Raftwood: records of all kinds, the cache, trees. */
final class HustdbRequests implements LoadRequests {
  /** The tree of the operations on trees. */
  static final String TREE = "bench";

  private static final int HEAD_MAX = 1024;
  private static final int VARIETY = 4096;

  private final Map<LoadOperation, Template> templates = new EnumMap<>(LoadOperation.class);
  private final byte[] bytes;
  private final byte[] letters;
  private final byte[] digits = new byte[KeyDigits.COUNT];
  private final int valueBytes;
  private final BatchRequest batch;

  /**
   * What stands before and behind the digits of a key.
   *
   * @param noise what the value is taken from; none if there is no value
   */
  private record Template(byte[] before, byte[] behind, byte[] noise) {}

  HustdbRequests(InetSocketAddress endpoint, LoadPlan.Workload workload) {
    String host = "\r\nHost: " + endpoint.getHostString() + ":" + endpoint.getPort() + "\r\n";
    String level = workload.consistency().map(name -> "&consistency=" + name).orElse("");
    this.valueBytes = workload.valueBytes();
    Random random = new Random(workload.seed());
    this.bytes = new byte[valueBytes + VARIETY];
    random.nextBytes(bytes);
    this.letters = new byte[valueBytes + VARIETY];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) ('a' + random.nextInt(26));
    }
    String body = " HTTP/1.1" + host + "Content-Length: " + valueBytes + "\r\n\r\n";
    String none = " HTTP/1.1" + host + "\r\n";
    templates.put(LoadOperation.PUT, writing("/put?key=bench:", body));
    templates.put(LoadOperation.HSET, writing("/hset?tb=bench&key=bench:", body));
    templates.put(LoadOperation.CACHE_PUT, writing("/cache/put?ttl=3600&key=bench:", body));
    templates.put(LoadOperation.ZADD, reading("/zadd?tb=bench&score=1&key=bench:", none));
    templates.put(LoadOperation.GET, reading("/get?key=bench:", level + none));
    templates.put(LoadOperation.GET2, reading("/get2?key=bench:", none));
    templates.put(LoadOperation.CACHE_GET, reading("/cache/get?key=bench:", none));
    batch = new BatchRequest(host, workload, letters, VARIETY);
    templates.put(LoadOperation.TREE_INSERT, tree("insert", host, "&value=", letters));
    templates.put(LoadOperation.TREE_GET, tree("get", host, level, new byte[0]));
    templates.put(LoadOperation.TREE_SEEK, tree("seek", host, level, new byte[0]));
  }

  private Template writing(String target, String behind) {
    return new Template(ascii("PUT " + target), ascii(behind), bytes);
  }

  private static Template reading(String target, String behind) {
    return new Template(ascii("GET " + target), ascii(behind), new byte[0]);
  }

  private Template tree(String call, String host, String behind, byte[] noise) {
    String form = "tree_id=" + TREE + "&key=bench:";
    int value = noise.length == 0 ? 0 : valueBytes;
    int length = form.length() + KeyDigits.COUNT + behind.length() + value;
    String head =
        "POST /dt/"
            + call
            + " HTTP/1.1"
            + host
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    return new Template(ascii(head + form), ascii(behind), noise);
  }

  @Override
  public int requestBytesMax() {
    return HEAD_MAX + Math.max(valueBytes, batch.length());
  }

  @Override
  public void render(ByteBuffer target, LoadOperation operation, long key, int variant) {
    if (operation == LoadOperation.BATCH) {
      batch.render(target, key, variant);
      return;
    }
    Template template = templates.get(operation);
    target.put(template.before);
    KeyDigits.write(key, digits, 0);
    target.put(digits);
    target.put(template.behind);
    if (template.noise.length > 0) {
      target.put(template.noise, variant & (VARIETY - 1), valueBytes);
    }
  }

  /** Appends a line of a load. */
  void line(StringBuilder target, long key, int variant) {
    target.append("bench:").append(String.format("%0" + KeyDigits.COUNT + "d", key)).append('\t');
    int from = variant & (VARIETY - 1);
    target.append(new String(letters, from, valueBytes, StandardCharsets.US_ASCII)).append('\n');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
