package io.raftwood.raft.jraft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerService;
import java.util.concurrent.CompletableFuture;

/**
 * The message by which a leader tells a voter that it hands over: format 1, the voter's key in the
 * {@link ElectionGuard}, the term that ends, the target's peer id.
 */
final class TransferAnnouncement {
  private static final int FORMAT = 1;

  private TransferAnnouncement() {}

  static Bytes encode(String voterKey, long term, String target) {
    return new ByteWriter().u8(FORMAT).text(voterKey).u64(term).text(target).toBytes();
  }

  static PeerService service(ElectionGuard guard) {
    return request -> {
      ByteReader reader = new ByteReader(request);
      if (reader.u8() != FORMAT) {
        throw new IllegalArgumentException("transfer announcement of an unknown format");
      }
      guard.transferAnnounced(reader.text(), reader.u64(), reader.text());
      return CompletableFuture.completedFuture(Bytes.EMPTY);
    };
  }
}
