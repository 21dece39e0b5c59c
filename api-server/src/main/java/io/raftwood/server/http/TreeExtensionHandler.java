package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import java.util.List;
import java.util.Optional;

/**
 * What we add to DT (dt-api 5): {@code create drop get range list info}. Runs on I/O threads;
 * {@code range} and {@code list} are answered by {@link LongReads}.
 */
final class TreeExtensionHandler {
  private final TreeRequests requests;

  /** Serves {@code requests}. */
  TreeExtensionHandler(TreeRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        requests.route("create", Family.TREE, this::create),
        requests.route("drop", Family.TREE, this::drop),
        requests.route("get", Family.TREE_READ, this::get),
        requests.route("range", Family.TREE_READ, this::range),
        requests.route("list", Family.TREE_READ, this::list),
        requests.route("info", Family.TREE_READ, this::info));
  }

  private void create(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.write(
        call, new TreeCommand.Create(TreeRequests.tree(form), requests.settings().fanout()));
  }

  private void drop(Call call) {
    requests.write(call, new TreeCommand.Drop(TreeRequests.tree(TreeForm.of(call))));
  }

  private void get(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.read(call, form, new TreeQuery.Get(TreeRequests.tree(form), TreeRequests.key(form)));
  }

  private void range(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.readLong(
        call,
        form,
        new TreeQuery.Range(
            TreeRequests.tree(form),
            TreeRequests.point(form, "from"),
            TreeRequests.point(form, "to"),
            TreeRequests.limit(form),
            reverse(form)));
  }

  private void list(Call call) {
    TreeForm form = TreeForm.of(call);
    Bytes from = form.find("from", TreeLimits.TREE_ID_BYTES_MAX).orElse(Bytes.EMPTY);
    requests.list(call, form, new TreeQuery.ListTrees(from, TreeRequests.limit(form)));
  }

  private void info(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.read(call, form, new TreeQuery.GetInfo(TreeRequests.tree(form)));
  }

  private static boolean reverse(TreeForm form) {
    Optional<String> text = form.find("reverse", Integer.MAX_VALUE).map(Bytes::toUtf8);
    boolean yes = text.isPresent() && text.get().equals("true");
    if (!yes && text.isPresent() && !text.get().equals("false")) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "reverse");
    }
    return yes;
  }
}
