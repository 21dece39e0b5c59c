package io.raftwood.tree;

import io.raftwood.backup.Archive;
import io.raftwood.backup.ArchivePage;
import io.raftwood.backup.PageBuilder;
import io.raftwood.backup.RestoreRule;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ApplyContext;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.structure.TreeCatalog;
import io.raftwood.tree.structure.TreeDump;
import io.raftwood.tree.structure.TreeItem;
import io.raftwood.tree.structure.TreeRestore;
import java.util.Optional;

/** The trees of a group as items: see {@link TreeDump} and {@link TreeRestore}. */
public final class TreeArchive implements Archive {
  @Override
  public int family() {
    return TreeMachine.FAMILY;
  }

  @Override
  public ArchivePage page(StorageView view, Bytes after, int bytesMax) {
    PageBuilder page = new PageBuilder(bytesMax);
    Optional<Bytes> next =
        new TreeDump(
                view,
                item -> {
                  page.add(item);
                  return page.isFull();
                })
            .run(after);
    return page.page(next);
  }

  @Override
  public long count(StorageView view) {
    return TreeCatalog.items(view);
  }

  @Override
  public int slotOf(Bytes item) {
    return TreeItem.decode(item).slot();
  }

  /** A tree comes as a whole or not at all; entries alone are loaded by other commands. */
  @Override
  public boolean allows(RestoreRule rule) {
    return rule == RestoreRule.RESTORE;
  }

  @Override
  public Landing put(ApplyContext context, RestoreRule rule, Bytes item) {
    switch (TreeRestore.put(context.batch(), TreeItem.decode(item))) {
      case WRITTEN:
        return Landing.WRITTEN;
      case KEPT:
        return Landing.KEPT;
      default:
        return Landing.REFUSED;
    }
  }
}
