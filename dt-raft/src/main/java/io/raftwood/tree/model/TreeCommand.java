package io.raftwood.tree.model;

import io.raftwood.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What changes trees. Immutable; bounds as in {@link TreeLimits}.
 *
 * <p>{@code creation}, where a command has it: if the tree is unknown, create it with these maxima
 * instead of answering {@link TreeResult.NoSuchTree}. {@code expected}: what must be stored for the
 * change to happen; what absence means is said with each command. Values are compared byte for byte
 * and the empty value differs from none.
 */
public sealed interface TreeCommand {
  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /** Creates a tree: {@link TreeResult.Created}, also if it exists. */
  record Create(TreeId tree, Fanout fanout) implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.create(this);
    }
  }

  /**
   * Removes a tree and kills all its node ids: {@link TreeResult.Dropped} or {@link
   * TreeResult.NoSuchTree}. Its rows go later, by {@link Purge}.
   */
  record Drop(TreeId tree) implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.drop(this);
    }
  }

  /**
   * Adds a key that is not there: {@link TreeResult.Inserted}, {@link TreeResult.KeyExists} or
   * {@link TreeResult.NoSuchTree}.
   */
  record Insert(TreeId tree, Bytes key, Bytes value, Optional<Fanout> creation)
      implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.insert(this);
    }
  }

  /**
   * Removes a key: {@link TreeResult.Deleted}, {@link TreeResult.CompareFailed} or {@link
   * TreeResult.NoSuchTree}. {@code expected} absent = whatever is stored, also nothing; present =
   * the key must be there with this value.
   */
  record Delete(TreeId tree, Bytes key, Optional<Bytes> expected) implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.delete(this);
    }
  }

  /**
   * Sets a key's value: {@link TreeResult.ValueSet}, {@link TreeResult.CompareFailed} or {@link
   * TreeResult.NoSuchTree}. {@code expected} absent = the key must not be there (and is added);
   * present = it must be there with this value.
   *
   * @param creation has effect only without {@code expected}
   */
  record SetCas(
      TreeId tree, Bytes key, Optional<Bytes> expected, Bytes value, Optional<Fanout> creation)
      implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.setCas(this);
    }
  }

  /**
   * Sets a node's property: {@link TreeResult.PropertySet}, {@link TreeResult.CompareFailed} or
   * {@link TreeResult.NoSuchNode}. {@code expected} absent = the property must not be there.
   *
   * @param name not a system property, see {@link TreeLimits#isSystemProperty}
   */
  record CasMetaProp(NodeId node, Bytes name, Optional<Bytes> expected, Bytes value)
      implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.casMetaProp(this);
    }
  }

  /**
   * Inserts entries in their order, leaving keys that are there as they are: {@link
   * TreeResult.Loaded} or {@link TreeResult.NoSuchTree}.
   *
   * @param entries 1..{@link TreeLimits#LOAD_ENTRIES_MAX}, together at most {@link
   *     TreeLimits#LOAD_BYTES_MAX} bytes
   */
  record Load(TreeId tree, List<TreeEntry> entries, Optional<Fanout> creation)
      implements TreeCommand {
    /** Copies the list. */
    public Load {
      entries = List.copyOf(entries);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.load(this);
    }
  }

  /**
   * Removes rows that dropped trees and dead nodes left: {@link TreeResult.Purged}. Proposed by the
   * group's leader.
   *
   * @param limit the most rows to remove, 1..{@link TreeLimits#PURGE_ROWS_MAX}
   */
  record Purge(int limit) implements TreeCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.purge(this);
    }
  }

  /** One method for each command: a new command does not compile until everyone handles it. */
  interface Handler<R> {
    /** Handles {@link Create}. */
    R create(Create command);

    /** Handles {@link Drop}. */
    R drop(Drop command);

    /** Handles {@link Insert}. */
    R insert(Insert command);

    /** Handles {@link Delete}. */
    R delete(Delete command);

    /** Handles {@link SetCas}. */
    R setCas(SetCas command);

    /** Handles {@link CasMetaProp}. */
    R casMetaProp(CasMetaProp command);

    /** Handles {@link Load}. */
    R load(Load command);

    /** Handles {@link Purge}. */
    R purge(Purge command);
  }
}
