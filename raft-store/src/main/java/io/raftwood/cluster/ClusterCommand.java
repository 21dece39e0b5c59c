package io.raftwood.cluster;

import io.raftwood.peer.NodeAddress;
import java.util.List;
import java.util.Set;

/**
 * What changes the cluster map. Immutable; encoded by {@link ClusterCommandCodec}; decided by
 * {@link ClusterMachine}.
 */
public sealed interface ClusterCommand {
  /** Ids of the slot table have 16 decimal digits: they end below this. */
  long TABLE_ID_END = 10_000_000_000_000_000L;

  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /**
   * Founds the cluster: the first command of the meta group. Repeating it changes nothing.
   *
   * @param formation what the initial nodes agreed on
   */
  record FormCluster(Formation formation) implements ClusterCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.formCluster(this);
    }
  }

  /**
   * A known node came back with an empty disk: its next incarnation takes the name over and the
   * present one is retired for good. Repeating it changes nothing.
   *
   * @param name the node's name
   * @param incarnation the new incarnation, 32 lower-case hexadecimal digits
   * @param starts the number of process starts of the new incarnation before the present one, which
   *     {@link RecordStart} counts
   */
  record RegisterIncarnation(String name, String incarnation, long starts)
      implements ClusterCommand {
    /** Checks the forms. */
    public RegisterIncarnation {
      ClusterFields.checkName(name);
      ClusterFields.checkIncarnation(incarnation);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.registerIncarnation(this);
    }
  }

  /**
   * A node's process started. Refused unless {@code starts} is above what was recorded: a number
   * seen before means that the disk was rolled back.
   *
   * @param name the node's name
   * @param incarnation the incarnation that started
   * @param starts the number of its process starts, this one included
   */
  record RecordStart(String name, String incarnation, long starts) implements ClusterCommand {
    /** Checks the forms. */
    public RecordStart {
      ClusterFields.checkName(name);
      ClusterFields.checkIncarnation(incarnation);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.recordStart(this);
    }
  }

  /**
   * Wishes for another placement: nodes are marked and groups get other voters, all at once. A node
   * that is new to a group must have registered itself and be active once the marks are made; the
   * meta group's voters can only be put in another order.
   *
   * @param marks nodes that are to be emptied, or no longer
   * @param groups distinct groups with all their voters; a learner among these stops being one
   * @param expectedEpoch the map's epoch that the wish was made from; 0 = whatever it is
   */
  record ChangePlacement(List<NodeMark> marks, List<GroupPreference> groups, long expectedEpoch)
      implements ClusterCommand {
    /** Copies the lists. */
    public ChangePlacement {
      marks = List.copyOf(marks);
      groups = List.copyOf(groups);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.changePlacement(this);
    }
  }

  /**
   * Adds a node. It hosts a replica of the meta group, and nothing else, once it has registered
   * itself. Repeating it changes nothing.
   *
   * @param name a name that no node has
   * @param http where clients will reach it
   * @param raft where the other nodes will reach it
   */
  record AddNode(String name, NodeAddress http, NodeAddress raft) implements ClusterCommand {
    /** Checks the form of the name. */
    public AddNode {
      ClusterFields.checkName(name);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.addNode(this);
    }
  }

  /**
   * Removes a node: it leaves the meta group, and then the map by {@link ForgetNode}. Refused while
   * it should host a replica of another group. Repeating it changes nothing.
   */
  record RemoveNode(String name) implements ClusterCommand {
    /** Checks the form. */
    public RemoveNode {
      ClusterFields.checkName(name);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.removeNode(this);
    }
  }

  /**
   * Takes a leaving node off the map, when no group has a replica of it any more. Its incarnation
   * is retired for good, and indexes go on counting for its name and at its Raft address, so that
   * no peer id comes back; its name is free again.
   */
  record ForgetNode(String name) implements ClusterCommand {
    /** Checks the form. */
    public ForgetNode {
      ClusterFields.checkName(name);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.forgetNode(this);
    }
  }

  /**
   * What is left of a cluster goes on as another one, with another id: nodes that are not among the
   * members are gone, as by {@link ForgetNode}, and every group is wanted where survivors have it.
   * Repeating it changes nothing.
   *
   * @param formation the survivors; gives the new cluster id
   * @param leaders for each group that has a log, the survivor whose log it goes on with
   */
  record RecoverCluster(Formation formation, List<GroupPreference> leaders)
      implements ClusterCommand {
    /** Copies the list. */
    public RecoverCluster {
      leaders = List.copyOf(leaders);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.recoverCluster(this);
    }
  }

  /**
   * Creates a user, or changes one. Refused with {@link ClusterResult.UserRefused} when {@code
   * rule} does not hold.
   *
   * @param rule what must be so before
   * @param name the user's name
   * @param roles what the user may do; with {@link UserRule#PASSWORD} the present roles stay
   * @param password hashed by the proposer, who also drew the salt
   */
  record PutUser(UserRule rule, String name, Set<Role> roles, PasswordHash password)
      implements ClusterCommand {
    /** Checks the forms. */
    public PutUser {
      UserRecord.checkName(name);
      roles = UserRecord.checkedRoles(roles);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.putUser(this);
    }
  }

  /** What must be so before a user is written. */
  enum UserRule {
    /** There is no user of that name. */
    NEW,
    /** There is no user at all. */
    FIRST,
    /** There is one, and only the password changes. */
    PASSWORD,
    /** Nothing: the user is written over. */
    ANY
  }

  /** Removes a user; refused for the last one with {@link Role#ADMIN}. */
  record RemoveUser(String name) implements ClusterCommand {
    /** Checks the form. */
    public RemoveUser {
      UserRecord.checkName(name);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.removeUser(this);
    }
  }

  /**
   * Issues an id for {@code set_table}, good for ten seconds of replicated time; at most 128 are
   * outstanding.
   *
   * @param id drawn by the proposer, 0..10^16-1
   */
  record IssueTableId(long id) implements ClusterCommand {
    /** Checks the range. */
    public IssueTableId {
      checkTableId(id);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.issueTableId(this);
    }
  }

  /**
   * Uses an id up and, in the same step, changes the placement of groups. An id that is not
   * outstanding and a map that has moved on change nothing; every other outcome uses the id up.
   *
   * @param id an id that was issued
   * @param preferences distinct groups; empty = the id alone is used up
   * @param expectedEpoch the map's epoch that the preferences were made from; 0 = whatever it is
   */
  record RedeemTableId(long id, List<GroupPreference> preferences, long expectedEpoch)
      implements ClusterCommand {
    /** Checks the range and copies the list. */
    public RedeemTableId {
      checkTableId(id);
      preferences = List.copyOf(preferences);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.redeemTableId(this);
    }
  }

  private static void checkTableId(long id) {
    if (id < 0 || id >= TABLE_ID_END) {
      throw new IllegalArgumentException("an id of 16 digits, not " + id);
    }
  }

  /**
   * A node's memory is ready: for the first time, or it had been emptied (a reboot) and a new one
   * takes its place; the former is retired for good. Repeating it changes nothing.
   *
   * @param name the node's name
   * @param incarnation the node's incarnation
   * @param memory the memory's incarnation, 32 lower-case hexadecimal digits
   */
  record RegisterCache(String name, String incarnation, String memory) implements ClusterCommand {
    /** Checks the forms. */
    public RegisterCache {
      ClusterFields.checkName(name);
      ClusterFields.checkIncarnation(incarnation);
      ClusterFields.checkIncarnation(memory);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.registerCache(this);
    }
  }

  /**
   * Begins the next epoch of a cache group, empty, because the content is lost: refused while a
   * quorum remembers.
   *
   * @param group the name of the present epoch
   * @param stuck whether the proposer has seen that all who remember are there and cannot elect a
   *     leader: then it is enough that the content may be lost ({@link CacheRoster#doubtful})
   */
  record BeginCacheEpoch(String group, boolean stuck) implements ClusterCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.beginCacheEpoch(this);
    }
  }

  /**
   * Takes down who votes in a cache group.
   *
   * @param group the name of the present epoch
   * @param voters at least one
   * @param settled whether this configuration is in force; else it is about to be asked for
   */
  record SeatCacheVoters(String group, List<CacheSeat> voters, boolean settled)
      implements ClusterCommand {
    /** Copies the list. */
    public SeatCacheVoters {
      voters = List.copyOf(voters);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.seatCacheVoters(this);
    }
  }

  /** One method for each command: a new command does not compile until everyone handles it. */
  interface Handler<R> {
    /** Handles {@link FormCluster}. */
    R formCluster(FormCluster command);

    /** Handles {@link RegisterIncarnation}. */
    R registerIncarnation(RegisterIncarnation command);

    /** Handles {@link RecordStart}. */
    R recordStart(RecordStart command);

    /** Handles {@link ChangePlacement}. */
    R changePlacement(ChangePlacement command);

    /** Handles {@link AddNode}. */
    R addNode(AddNode command);

    /** Handles {@link RemoveNode}. */
    R removeNode(RemoveNode command);

    /** Handles {@link ForgetNode}. */
    R forgetNode(ForgetNode command);

    /** Handles {@link RecoverCluster}. */
    R recoverCluster(RecoverCluster command);

    /** Handles {@link PutUser}. */
    R putUser(PutUser command);

    /** Handles {@link RemoveUser}. */
    R removeUser(RemoveUser command);

    /** Handles {@link IssueTableId}. */
    R issueTableId(IssueTableId command);

    /** Handles {@link RedeemTableId}. */
    R redeemTableId(RedeemTableId command);

    /** Handles {@link RegisterCache}. */
    R registerCache(RegisterCache command);

    /** Handles {@link BeginCacheEpoch}. */
    R beginCacheEpoch(BeginCacheEpoch command);

    /** Handles {@link SeatCacheVoters}. */
    R seatCacheVoters(SeatCacheVoters command);
  }
}
