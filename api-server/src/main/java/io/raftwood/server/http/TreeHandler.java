package io.raftwood.server.http;

import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import java.util.List;

/** The four calls of DT (dt-api 3): {@code insert delete setcas seek}. Runs on I/O threads. */
final class TreeHandler {
  private final TreeRequests requests;

  /** Serves {@code requests}. */
  TreeHandler(TreeRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        requests.route("insert", Family.TREE, this::insert),
        requests.route("delete", Family.TREE, this::delete),
        requests.route("setcas", Family.TREE, this::setCas),
        requests.route("seek", Family.TREE_READ, this::seek));
  }

  private void insert(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.write(
        call,
        new TreeCommand.Insert(
            TreeRequests.tree(form),
            TreeRequests.key(form),
            TreeRequests.value(form),
            requests.settings().creation()));
  }

  private void delete(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.write(
        call,
        new TreeCommand.Delete(
            TreeRequests.tree(form), TreeRequests.key(form), TreeRequests.oldValue(form)));
  }

  private void setCas(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.write(
        call,
        new TreeCommand.SetCas(
            TreeRequests.tree(form),
            TreeRequests.key(form),
            TreeRequests.oldValue(form),
            TreeRequests.value(form),
            requests.settings().creation()));
  }

  private void seek(Call call) {
    TreeForm form = TreeForm.of(call);
    requests.read(
        call,
        form,
        new TreeQuery.Seek(TreeRequests.tree(form), form.require("key", TreeLimits.KEY_BYTES_MAX)));
  }
}
