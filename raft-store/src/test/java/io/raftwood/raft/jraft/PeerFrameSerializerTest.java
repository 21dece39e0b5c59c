package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.remoting.InvokeContext;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.rpc.protocol.RpcRequestCommand;
import com.alipay.remoting.rpc.protocol.RpcResponseCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerFrameSerializerTest {
  private final PeerFrameSerializer serializer = new PeerFrameSerializer();
  private final InvokeContext context = new InvokeContext();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255})
  void requestsRoundTripWhateverTheirKind(int kind) throws DeserializationException {
    for (byte[] content : new byte[][] {{}, {0}, {-1, 0, 1}}) {
      RpcRequestCommand sent = new RpcRequestCommand(new PeerFrame.Request(kind, content));
      serializer.serializeContent(sent, context);
      assertThat(sent.getContent()).hasSize(content.length + 1);
      RpcRequestCommand received = new RpcRequestCommand();
      received.setContent(sent.getContent());
      serializer.deserializeContent(received);
      PeerFrame.Request read = (PeerFrame.Request) received.getRequestObject();
      assertThat(read.kind()).isEqualTo(kind);
      assertThat(read.content()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void responsesRoundTrip(boolean failed) throws DeserializationException {
    byte[] content = {5, 6};
    RpcResponseCommand sent = new RpcResponseCommand(new PeerFrame.Response(failed, content));
    serializer.serializeContent(sent);
    RpcResponseCommand received = new RpcResponseCommand();
    received.setContent(sent.getContent());
    serializer.deserializeContent(received, context);
    PeerFrame.Response read = (PeerFrame.Response) received.getResponseObject();
    assertThat(read.failed()).isEqualTo(failed);
    assertThat(read.content()).isEqualTo(content);
  }

  @Test
  void anEmptyFrameIsRefused() {
    RpcRequestCommand request = new RpcRequestCommand();
    assertThatThrownBy(() -> serializer.deserializeContent(request))
        .isInstanceOf(DeserializationException.class);
    request.setContent(new byte[0]);
    assertThatThrownBy(() -> serializer.deserializeContent(request))
        .isInstanceOf(DeserializationException.class);
    RpcResponseCommand response = new RpcResponseCommand();
    response.setContent(new byte[0]);
    assertThatThrownBy(() -> serializer.deserializeContent(response, context))
        .isInstanceOf(DeserializationException.class);
  }
}
