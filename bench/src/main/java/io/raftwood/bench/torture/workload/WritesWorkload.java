package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.check.WritesCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * As many records as the cluster takes, each written once; at the end every acknowledged one is
 * read again.
 */
public final class WritesWorkload implements Workload {
  private static final int CLIENTS = 32;
  private static final int READERS = 8;
  private static final int WRITES_PER_STEP = 25;
  private static final int SHOWN = 10;

  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> unknown = new ConcurrentLinkedQueue<>();
  private final Queue<String> missing = new ConcurrentLinkedQueue<>();
  private final Queue<String> found = new ConcurrentLinkedQueue<>();

  @Override
  public String name() {
    return Workloads.WRITES;
  }

  @Override
  public int clientsAlone() {
    return CLIENTS;
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return new Writer(endpoints.session(name(), number), number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    List<String> keys = new ArrayList<>(acknowledged);
    int first = keys.size();
    keys.addAll(unknown);
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Boolean>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        int number = reader;
        readers.add(threads.submit(() -> readAll(endpoints, keys, first, number)));
      }
      for (Future<Boolean> reader : readers) {
        reader.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public List<CheckResult> check() {
    return List.of(
        WritesCheck.check(
            acknowledged.size(),
            unknown.size(),
            found.size(),
            missing.size(),
            missing.stream().sorted().limit(SHOWN).toList()));
  }

  @Override
  public void keep(Path directory) throws IOException {
    Files.write(directory.resolve("writes-acknowledged.txt"), acknowledged);
    Files.write(directory.resolve("writes-unknown.txt"), unknown);
    Files.write(directory.resolve("writes-missing.txt"), missing);
  }

  private boolean readAll(Endpoints endpoints, List<String> keys, int unknownFrom, int reader)
      throws IOException {
    try (Session session = endpoints.session(name(), -1 - reader)) {
      for (int i = reader; i < keys.size(); i += READERS) {
        boolean there = isThere(session, keys.get(i));
        if (i < unknownFrom && !there) {
          missing.add(keys.get(i));
        } else if (i >= unknownFrom && there) {
          found.add(keys.get(i));
        }
      }
    }
    return true;
  }

  private static boolean isThere(Session session, String key) throws IOException {
    List<KvAnswer> told = new ArrayList<>();
    String target = "/get?consistency=linearizable&key=" + key;
    FinalReads.require(
        "get " + key,
        () -> {
          KvAnswer answer = session.read(session.anyNode(), target);
          told.add(answer);
          return RecordCalls.told(answer);
        });
    KvAnswer last = told.get(told.size() - 1);
    if (last.meaning() == KvAnswer.Meaning.ABSENT) {
      return false;
    }
    String value = new String(last.value(), StandardCharsets.US_ASCII);
    if (!value.equals(valueOf(key))) {
      throw new IOException(key + " is '" + value + "', which nobody has written");
    }
    return true;
  }

  private static String valueOf(String key) {
    return "value of " + key;
  }

  /** One client: keys of its own, each written once. */
  private final class Writer implements Client {
    private final Session session;
    private final int number;
    private int written;

    Writer(Session session, int number) {
      this.session = session;
      this.number = number;
    }

    @Override
    public boolean step() {
      for (int i = 0; i < WRITES_PER_STEP; i++) {
        written++;
        String key = "w" + number + "-" + written;
        String target = "/put?key=" + key;
        KvAnswer answer = session.write(session.anyNode(), target, valueOf(key), Optional.empty());
        if (answer.meaning() == KvAnswer.Meaning.OK) {
          acknowledged.add(key);
        } else if (answer.meaning() != KvAnswer.Meaning.FAILED) {
          unknown.add(key);
        }
        if (answer.meaning() != KvAnswer.Meaning.OK) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
