package io.raftwood.raft;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Changes of a group's configuration that are asked for over the Raft port, peer by peer, as
 * clients of JRaft's {@code CliService} do. They become the wanted placement and are carried out as
 * any other change of it. Thread-safe; nothing blocks; futures never fail.
 */
public interface PeerChanges {
  /** Has {@code peer} vote in {@code group} as well. */
  CompletableFuture<Outcome> add(String group, PeerId peer);

  /** Has {@code peer} vote in {@code group} no longer. */
  CompletableFuture<Outcome> remove(String group, PeerId peer);

  /** Has {@code voters}, the first of which is to lead, and nobody else vote in {@code group}. */
  CompletableFuture<Outcome> change(String group, List<PeerId> voters);

  /** Has {@code peer}, one of its voters, lead {@code group}, now and whenever it can. */
  CompletableFuture<Outcome> lead(String group, PeerId peer);

  /** What became of a change. */
  sealed interface Outcome {
    /**
     * It is carried out.
     *
     * @param before the voters that were wanted before
     * @param after the voters now
     */
    record Done(List<PeerId> before, List<PeerId> after) implements Outcome {
      /** Copies the lists. */
      public Done {
        before = List.copyOf(before);
        after = List.copyOf(after);
      }
    }

    /** Nothing was changed, because of {@code reason}. */
    record Refused(String reason) implements Outcome {}

    /** It is wanted now and goes on by itself, but is not carried out yet. */
    record UnderWay(String reason) implements Outcome {}
  }
}
