package io.raftwood.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cache's part of the cluster map: whose memory is which, and who votes by it.
 *
 * <p>The rule about forgetting: a voter whose node has registered a later cache incarnation has
 * forgotten its vote and its log, and never answers again. While those that remember are enough for
 * a quorum, the group goes on and takes the newcomers in. When they are not, the group's content is
 * lost, and it begins again, empty, in the next epoch. Who is merely unreachable has forgotten
 * nothing.
 *
 * @param members nodes that have registered a memory, in the order of registration
 * @param groups the cache groups
 */
public record CacheRoster(List<CacheMember> members, List<CacheGroup> groups) {
  /** No cache. */
  public static final CacheRoster NONE = new CacheRoster(List.of(), List.of());

  private static final String PREFIX = "cache-";

  /** Copies the lists. */
  public CacheRoster {
    members = List.copyOf(members);
    groups = List.copyOf(groups);
  }

  /** Whether {@code group} names a cache group, of whatever epoch. */
  public static boolean names(String group) {
    return group.startsWith(PREFIX);
  }

  /** The base name of the cache group with {@code number}, from 0. */
  public static String baseName(int number) {
    return PREFIX + number;
  }

  /** The present memory of the node called {@code name}. */
  public Optional<CacheMember> member(String name) {
    return members.stream().filter(member -> member.node().equals(name)).findFirst();
  }

  /** The group whose present epoch is called {@code name}. */
  public Optional<CacheGroup> group(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** Whether those of {@code seats} that have forgotten nothing are enough for a quorum. */
  public boolean remembers(List<CacheSeat> seats) {
    long kept = seats.stream().filter(this::present).count();
    return 2 * kept > seats.size();
  }

  /** Whether the seat's node has registered no later memory. */
  public boolean present(CacheSeat seat) {
    return member(seat.node()).map(CacheMember::index).equals(Optional.of(seat.index()));
  }

  /** Whether the content of {@code group} is certainly lost. */
  public boolean lost(CacheGroup group) {
    return !remembers(group.seated()) && (group.next().isEmpty() || !remembers(group.next()));
  }

  /**
   * Whether the content of {@code group} may be lost: a change of voters was asked for, and a
   * quorum remembers in one configuration only.
   */
  public boolean doubtful(CacheGroup group) {
    return !group.next().isEmpty() && remembers(group.seated()) != remembers(group.next());
  }

  /**
   * Who would found the next epoch: those of {@code voters} that have a memory. Empty while these
   * are no majority.
   */
  public List<CacheSeat> founders(List<String> voters) {
    List<CacheSeat> seats =
        voters.stream()
            .map(this::member)
            .flatMap(Optional::stream)
            .map(member -> new CacheSeat(member.node(), member.index()))
            .toList();
    return 2 * seats.size() > voters.size() ? seats : List.of();
  }

  /** This with {@code changed} in the place of its node's present memory. */
  CacheRoster with(CacheMember changed) {
    boolean known = member(changed.node()).isPresent();
    List<CacheMember> all =
        new ArrayList<>(
            members.stream()
                .map(member -> member.node().equals(changed.node()) ? changed : member)
                .toList());
    if (!known) {
      all.add(changed);
    }
    return new CacheRoster(all, groups);
  }

  /** This without the memory of the node called {@code name}. */
  CacheRoster without(String name) {
    return new CacheRoster(
        members.stream().filter(member -> !member.node().equals(name)).toList(), groups);
  }

  /** This with {@code changed} in the place of the group of its base name. */
  CacheRoster with(CacheGroup changed) {
    return new CacheRoster(
        members,
        groups.stream()
            .map(group -> group.base().equals(changed.base()) ? changed : group)
            .toList());
  }
}
