package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.conf.Configuration;
import io.raftwood.raft.PeerId;
import java.util.Collection;
import java.util.List;

/** Translation between our peer ids and JRaft's. */
final class Peers {
  private Peers() {}

  static com.alipay.sofa.jraft.entity.PeerId toJRaft(PeerId peer) {
    return new com.alipay.sofa.jraft.entity.PeerId(peer.host(), peer.port(), peer.index());
  }

  static PeerId fromJRaft(com.alipay.sofa.jraft.entity.PeerId peer) {
    return new PeerId(peer.getIp(), peer.getPort(), peer.getIdx());
  }

  static List<com.alipay.sofa.jraft.entity.PeerId> toJRaft(List<PeerId> peers) {
    return peers.stream().map(Peers::toJRaft).toList();
  }

  static List<PeerId> fromJRaft(Collection<com.alipay.sofa.jraft.entity.PeerId> peers) {
    return peers.stream().map(Peers::fromJRaft).toList();
  }

  static Configuration configuration(List<PeerId> voters, List<PeerId> learners) {
    return new Configuration(toJRaft(voters), toJRaft(learners));
  }
}
