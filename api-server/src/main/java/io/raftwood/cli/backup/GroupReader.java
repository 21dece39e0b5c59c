package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.Target;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A view of one group, open on one node. Methods throw {@link CallFailureException}. For one
 * thread.
 */
public final class GroupReader implements AutoCloseable {
  /** Bytes of a page: little for a node, and a restore's unit of work. */
  private static final int PAGE_BYTES = 256 * 1024;

  /** A request that is a POST must have a body, and these need none. */
  private static final Bytes NOTHING = Bytes.of('\n');

  private final CallSession session;
  private final String endpoint;
  private final Target target;
  private final JSONObject view;

  private GroupReader(CallSession session, String endpoint, Target target, JSONObject view) {
    this.session = session;
    this.endpoint = endpoint;
    this.target = target;
    this.view = view;
  }

  /** Opens a view of {@code group} on the node at {@code endpoint}. */
  public static GroupReader open(CallSession session, String endpoint, String group) {
    Target target = new Target("group " + group, "raftwood admin status", "raftwood admin status");
    CallRequest begin = CallRequest.read("/admin/backup/begin", target).with("group", group);
    Bytes body = session.sendTo(endpoint, begin.withBody(NOTHING)).body();
    return new GroupReader(session, endpoint, target, JSON.parseObject(body.toUtf8()));
  }

  /** What the node says of the view: group, index, term, revision, clockMillis. */
  public JSONObject view() {
    return view;
  }

  /** Hands all items of {@code family} behind {@code after} to {@code sink}, page by page. */
  public void read(int family, Bytes after, Consumer<ArchivePage> sink) {
    Optional<Bytes> place = Optional.of(after);
    while (place.isPresent()) {
      CallRequest request =
          CallRequest.read("/admin/backup/page", target)
              .with("view", view.getString("view"))
              .with("family", family)
              .with("bytes", PAGE_BYTES)
              .withBody(place.get());
      ArchivePage page = decoded(session.sendTo(endpoint, request).body());
      sink.accept(page);
      place = page.next();
    }
  }

  private ArchivePage decoded(Bytes body) {
    try {
      return ArchivePage.decode(body);
    } catch (MalformedBytesException e) {
      throw new CallFailureException(
          CallExitCode.FAILED, endpoint + " answered no page: " + e.getMessage());
    }
  }

  /** Gives the view back, if the node answers: it closes what nobody reads by itself. */
  @Override
  public void close() {
    CallRequest end = CallRequest.read("/admin/backup/end", target);
    try {
      session.sendTo(endpoint, end.with("view", view.getString("view")).withBody(NOTHING));
    } catch (CallFailureException e) {
      session.warn("raftwood: " + endpoint + " keeps a view open for a minute: " + e.reason());
    }
  }
}
