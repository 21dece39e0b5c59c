package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The answer to {@link MembershipStepRequest}.
 *
 * @param done whether the step was carried out
 * @param detail why not; empty when it was
 */
public record MembershipStepReply(boolean done, String detail) {
  private static final int FORMAT = 1;

  /** The answer once {@code step} has ended, either way. */
  static CompletableFuture<MembershipStepReply> to(CompletableFuture<Void> step) {
    return step.thenApply(done -> new MembershipStepReply(true, ""))
        .exceptionally(MembershipStepReply::failed);
  }

  private static MembershipStepReply failed(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return new MembershipStepReply(false, String.valueOf(cause.getMessage()));
  }

  /** As bytes: format byte, flag, text. */
  public Bytes encode() {
    return new ByteWriter().u8(FORMAT).u8(done ? 1 : 0).text(detail).toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static MembershipStepReply decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    MembershipStepReply reply = new MembershipStepReply(in.count(1) == 1, in.text());
    in.expectEnd();
    return reply;
  }
}
