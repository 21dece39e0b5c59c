package io.raftwood.backup;

/**
 * What backups are made of and with.
 *
 * @param views of this node's replicas
 * @param restores into all groups
 */
public record Backups(BackupViews views, RestoreStore restores) {}
