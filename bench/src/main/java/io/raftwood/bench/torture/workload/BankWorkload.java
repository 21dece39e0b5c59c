package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.torture.check.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Accounts in records. A transfer takes from one and gives to another, each by reading the balance
 * and a conditional {@code put} under an idempotency key that is repeated until its outcome is
 * known. In the end all transfers are finished: then the sum must be what it was, and every version
 * must be the number of writes that were answered with success.
 */
public final class BankWorkload implements Workload {
  private static final int ACCOUNTS = 5;
  private static final long BALANCE = 1000;

  private final AtomicLongArray writes = new AtomicLongArray(ACCOUNTS);
  private final Queue<Transfers> clients = new ConcurrentLinkedQueue<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final List<CheckResult> results = new ArrayList<>();

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public void prepare(Endpoints endpoints) throws IOException {
    try (Session session = endpoints.session(name(), 98)) {
      for (int account = 0; account < ACCOUNTS; account++) {
        String target = "/put?key=" + key(account);
        Optional<String> id = Optional.of("bank-open-" + account);
        FinalReads.require(
            target,
            () ->
                session.write(session.anyNode(), target, Long.toString(BALANCE), id).meaning()
                    == KvAnswer.Meaning.OK);
        writes.set(account, 1);
      }
    }
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    Transfers client = new Transfers(endpoints.session(name(), number), number);
    clients.add(client);
    return client;
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    for (Transfers client : clients) {
      client.stopping = true;
      FinalReads.require(
          "the last transfer of client " + client.number,
          () -> {
            client.step();
            return client.idle();
          });
      client.session.close();
    }
    try (Session session = endpoints.session(name(), 99)) {
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        results.add(balance(session, node));
      }
    }
  }

  @Override
  public List<CheckResult> check() {
    List<CheckResult> all = new ArrayList<>(results);
    long transfers = clients.stream().mapToLong(client -> client.done.get()).sum();
    String name = "bank: accounts always readable";
    all.add(
        faults.isEmpty()
            ? CheckResult.passed(name, transfers + " transfers by " + clients.size() + " clients")
            : CheckResult.failed(name, faults.toString()));
    return all;
  }

  @Override
  public void keep(Path directory) throws IOException {
    Files.writeString(directory.resolve("bank.txt"), "writes " + writes + "\n" + faults + "\n");
  }

  private CheckResult balance(Session session, int node) throws IOException {
    String name = "bank: sum and versions through n" + (node + 1);
    long[] balances = new long[ACCOUNTS];
    long[] versions = new long[ACCOUNTS];
    for (int account = 0; account < ACCOUNTS; account++) {
      int one = account;
      FinalReads.require(
          "get " + key(account),
          () -> {
            KvAnswer answer =
                session.read(node, "/get?key=" + key(one) + "&consistency=linearizable");
            balances[one] = number(answer);
            versions[one] = answer.version();
            return answer.meaning() == KvAnswer.Meaning.OK;
          });
    }
    long sum = Arrays.stream(balances).sum();
    String detail =
        "balances " + Arrays.toString(balances) + ", versions " + Arrays.toString(versions);
    if (sum != ACCOUNTS * BALANCE) {
      return CheckResult.failed(
          name, detail + ": the sum is " + sum + " instead of " + ACCOUNTS * BALANCE);
    }
    boolean once = Arrays.toString(versions).equals(writes.toString());
    return once
        ? CheckResult.passed(name, detail)
        : CheckResult.failed(name, detail + ": writes answered with success " + writes);
  }

  private static String key(int account) {
    return "bank-" + account;
  }

  private static long number(KvAnswer answer) {
    String text = answer.reply().map(reply -> reply.text()).orElse("");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** Transfers, one after another, one request at each step. */
  private final class Transfers implements Client {
    private final Session session;
    private final int number;
    private volatile boolean stopping;
    private final AtomicLong done = new AtomicLong();
    private int from;
    private int to;
    private long amount;
    private boolean withdrawn;
    private boolean known = true;
    private Optional<Change> change = Optional.empty();
    private int ids;

    Transfers(Session session, int number) {
      this.session = session;
      this.number = number;
    }

    /** Whether no transfer is half done. */
    boolean idle() {
      return !withdrawn && known;
    }

    @Override
    public boolean step() {
      if (stopping && idle()) {
        return true;
      }
      if (idle() && change.isEmpty()) {
        from = session.random().nextInt(ACCOUNTS);
        to = (from + 1 + session.random().nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        amount = 1L + session.random().nextInt(20);
      }
      return change.isPresent() ? write(change.get()) : read(withdrawn ? to : from);
    }

    /** The connections stay: a transfer can be half done. */
    @Override
    public void close() {}

    private boolean read(int account) {
      String consistency = session.random().nextBoolean() ? "" : "&consistency=linearizable";
      KvAnswer answer = session.read(session.anyNode(), "/get?key=" + key(account) + consistency);
      if (answer.meaning() == KvAnswer.Meaning.ABSENT && !answer.stale()) {
        faults.add(key(account) + " is not there");
      }
      if (answer.meaning() != KvAnswer.Meaning.OK) {
        return false;
      }
      long balance = number(answer) + (withdrawn ? amount : -amount);
      if (balance < 0) {
        amount = 0;
        balance = number(answer);
      }
      ids++;
      String id = "bank-" + number + "-" + ids;
      change = Optional.of(new Change(account, balance, answer.version(), id));
      return true;
    }

    private boolean write(Change wanted) {
      String target = "/put?key=" + key(wanted.account()) + "&ver=" + wanted.version();
      known = false;
      KvAnswer answer =
          session.write(
              session.anyNode(), target, Long.toString(wanted.balance()), Optional.of(wanted.id()));
      if (!RecordCalls.told(answer)) {
        return false;
      }
      known = true;
      change = Optional.empty();
      if (answer.meaning() == KvAnswer.Meaning.OK) {
        writes.incrementAndGet(wanted.account());
        done.addAndGet(withdrawn ? 1 : 0);
        withdrawn = !withdrawn;
      }
      return true;
    }
  }

  /** A conditional write under way. */
  private record Change(int account, long balance, long version, String id) {}
}
