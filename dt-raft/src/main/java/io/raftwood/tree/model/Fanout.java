package io.raftwood.tree.model;

/**
 * How many entries a leaf and how many children an inner node may have. Chosen when a tree is
 * created, carried in the command and stored with the tree, so that replicas with other settings
 * agree.
 *
 * @param leafMax {@link TreeLimits#FANOUT_MIN}..{@link TreeLimits#FANOUT_MAX}
 * @param innerMax {@link TreeLimits#FANOUT_MIN}..{@link TreeLimits#FANOUT_MAX}
 */
public record Fanout(int leafMax, int innerMax) {
  /** What trees are created with unless something else is asked for. */
  public static final Fanout DEFAULT = new Fanout(64, 64);

  /** Whether both maxima are within the bounds. */
  public boolean isValid() {
    return isValid(leafMax) && isValid(innerMax);
  }

  private static boolean isValid(int max) {
    return max >= TreeLimits.FANOUT_MIN && max <= TreeLimits.FANOUT_MAX;
  }

  /** Fewest entries of a leaf that is not the root. */
  public int leafMin() {
    return leafMax / 4;
  }

  /** Fewest children of an inner node that is not the root. */
  public int innerMin() {
    return Math.max(2, innerMax / 4);
  }
}
