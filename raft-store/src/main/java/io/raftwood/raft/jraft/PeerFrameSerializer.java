package io.raftwood.raft.jraft;

import com.alipay.remoting.CustomSerializer;
import com.alipay.remoting.InvokeContext;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.rpc.RequestCommand;
import com.alipay.remoting.rpc.ResponseCommand;
import com.alipay.remoting.rpc.protocol.RpcRequestCommand;
import com.alipay.remoting.rpc.protocol.RpcResponseCommand;
import java.util.Arrays;

/** Frames as they are: one byte (kind, or failed), then the content. */
final class PeerFrameSerializer implements CustomSerializer {
  @Override
  public <T extends RequestCommand> boolean serializeHeader(T request, InvokeContext context) {
    return false;
  }

  @Override
  public <T extends ResponseCommand> boolean serializeHeader(T response) {
    return false;
  }

  @Override
  public <T extends RequestCommand> boolean deserializeHeader(T request) {
    return false;
  }

  @Override
  public <T extends ResponseCommand> boolean deserializeHeader(T response, InvokeContext context) {
    return false;
  }

  @Override
  public <T extends RequestCommand> boolean serializeContent(T request, InvokeContext context) {
    PeerFrame.Request frame =
        (PeerFrame.Request) ((RpcRequestCommand) (RequestCommand) request).getRequestObject();
    request.setContent(prefixed(frame.kind(), frame.content()));
    return true;
  }

  @Override
  public <T extends ResponseCommand> boolean serializeContent(T response) {
    PeerFrame.Response frame =
        (PeerFrame.Response) ((RpcResponseCommand) (ResponseCommand) response).getResponseObject();
    response.setContent(prefixed(frame.failed() ? 1 : 0, frame.content()));
    return true;
  }

  @Override
  public <T extends RequestCommand> boolean deserializeContent(T request)
      throws DeserializationException {
    byte[] content = checked(request.getContent());
    ((RpcRequestCommand) (RequestCommand) request)
        .setRequestObject(new PeerFrame.Request(content[0] & 0xff, tail(content)));
    return true;
  }

  @Override
  public <T extends ResponseCommand> boolean deserializeContent(T response, InvokeContext context)
      throws DeserializationException {
    byte[] content = checked(response.getContent());
    ((RpcResponseCommand) (ResponseCommand) response)
        .setResponseObject(new PeerFrame.Response(content[0] != 0, tail(content)));
    return true;
  }

  private static byte[] prefixed(int first, byte[] content) {
    byte[] all = new byte[content.length + 1];
    all[0] = (byte) first;
    System.arraycopy(content, 0, all, 1, content.length);
    return all;
  }

  private static byte[] checked(byte[] content) throws DeserializationException {
    if (content == null || content.length == 0) {
      throw new DeserializationException("empty peer frame");
    }
    return content;
  }

  private static byte[] tail(byte[] content) {
    return Arrays.copyOfRange(content, 1, content.length);
  }
}
