package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import java.util.List;

/** Configurations out of what JRaft writes beside its log. */
final class ConfigurationEntries {
  private ConfigurationEntries() {}

  /** The configuration at the index of a snapshot. */
  static ConfigurationEntry ofSnapshot(SnapshotMeta meta) {
    return new ConfigurationEntry(
        new LogId(meta.getLastIncludedIndex(), meta.getLastIncludedTerm()),
        configuration(meta.getPeersList(), meta.getLearnersList()),
        configuration(meta.getOldPeersList(), meta.getOldLearnersList()));
  }

  private static Configuration configuration(List<String> voters, List<String> learners) {
    return new Configuration(parsed(voters), parsed(learners));
  }

  private static List<PeerId> parsed(List<String> peers) {
    return peers.stream().map(PeerId::parsePeer).toList();
  }
}
