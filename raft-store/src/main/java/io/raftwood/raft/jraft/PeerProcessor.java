package io.raftwood.raft.jraft;

import com.alipay.remoting.AsyncContext;
import com.alipay.remoting.BizContext;
import com.alipay.remoting.rpc.protocol.AsyncUserProcessor;
import io.raftwood.bytes.Bytes;

/** Hands incoming {@link PeerFrame.Request}s to the services. */
final class PeerProcessor extends AsyncUserProcessor<PeerFrame.Request> {
  private final PeerServices services;

  PeerProcessor(PeerServices services) {
    this.services = services;
  }

  @Override
  public void handleRequest(BizContext context, AsyncContext answer, PeerFrame.Request request) {
    services
        .serve(request.kind(), Bytes.wrap(request.content()))
        .thenAccept(answer::sendResponse)
        .exceptionally(
            failure -> {
              // sendResponse failed: the connection is gone, and with it whoever waited.
              return null;
            });
  }

  @Override
  public String interest() {
    return PeerFrame.Request.class.getName();
  }
}
