/**
 * What a group holds, as items that outlive the format of its rows: read page by page from a view
 * of one moment ({@link io.raftwood.backup.BackupViews}), and put into groups again by replicated
 * commands of a family of their own ({@link io.raftwood.backup.RestoreMachine}).
 *
 * <p>Belongs here: views, pages, the restore commands and their machine, the port through which a
 * restore reaches groups. Does not belong here: what an item means (each family's {@link
 * io.raftwood.backup.Archive}), files, HTTP.
 */
package io.raftwood.backup;
