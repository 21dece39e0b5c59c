package io.raftwood.cluster;

import java.util.List;

/**
 * What changes the cluster map. Immutable; encoded by {@link ClusterCommandCodec}; decided by
 * {@link ClusterMachine}.
 */
public sealed interface ClusterCommand {
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
   * Wishes for another placement of one group.
   *
   * @param group the group's name
   * @param voters at least one node name, in preference order
   * @param learners node names, none of them a voter
   * @param expectedEpoch the map's epoch that the wish was made from; 0 = whatever it is
   */
  record SetPlacement(String group, List<String> voters, List<String> learners, long expectedEpoch)
      implements ClusterCommand {
    /** Copies the lists. */
    public SetPlacement {
      voters = List.copyOf(voters);
      learners = List.copyOf(learners);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.setPlacement(this);
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

    /** Handles {@link SetPlacement}. */
    R setPlacement(SetPlacement command);

    /** Handles {@link RegisterCache}. */
    R registerCache(RegisterCache command);

    /** Handles {@link BeginCacheEpoch}. */
    R beginCacheEpoch(BeginCacheEpoch command);

    /** Handles {@link SeatCacheVoters}. */
    R seatCacheVoters(SeatCacheVoters command);
  }
}
