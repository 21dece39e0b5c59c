package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.RecordId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingJsonTest {
  private static final Listed KEY = listed(RecordId.key(Bytes.of(0, 0xff, 0x3e)), "a b");
  private static final Listed FIELD = listed(RecordId.field(name("h:1"), name("f2")), "v");
  private static final Listed MEMBER =
      new Listed(RecordId.member(name("st"), name("m1")), 4_294_967_295L, Optional.empty());
  private static final Listed SCORED = listed(RecordId.scored(name("zt"), name("g")), "-87");

  private static Bytes name(String text) {
    return Bytes.utf8(text);
  }

  private static Listed listed(RecordId id, String value) {
    return new Listed(id, 1, Optional.of(Bytes.utf8(value)));
  }

  @Test
  void emptyListIsAnEmptyArray() {
    assertThat(ListingJson.ofTable(List.of()).toUtf8()).isEqualTo("[]");
    assertThat(ListingJson.ofAllKinds(List.of()).toUtf8()).isEqualTo("[]");
  }

  @Test
  void listingOfOneTableNamesNoTables() {
    assertThat(ListingJson.ofTable(List.of(FIELD, MEMBER, SCORED)).toUtf8())
        .isEqualTo(
            "[{\"key\":\"ZjI=\",\"val\":\"dg==\",\"ver\":1},"
                + "{\"key\":\"bTE=\",\"ver\":4294967295},"
                + "{\"key\":\"Zw==\",\"val\":\"-87\",\"ver\":1}]");
  }

  @Test
  void listingOfAllKindsNamesTheTablesOfTableRecords() {
    assertThat(ListingJson.ofAllKinds(List.of(KEY, FIELD, MEMBER, SCORED)).toUtf8())
        .isEqualTo(
            "[{\"key\":\"AP8+\",\"val\":\"YSBi\",\"ver\":1},"
                + "{\"key\":\"ZjI=\",\"val\":\"dg==\",\"ver\":1,\"tb\":\"h:1\",\"ty\":\"H\"},"
                + "{\"key\":\"bTE=\",\"ver\":4294967295,\"tb\":\"st\",\"ty\":\"S\"},"
                + "{\"key\":\"Zw==\",\"val\":\"-87\",\"ver\":1,\"tb\":\"zt\",\"ty\":\"Z\"}]");
  }

  @Test
  void absentValuesAreLeftOut() {
    Listed bare = new Listed(KEY.id(), 7, Optional.empty());
    assertThat(ListingJson.ofAllKinds(List.of(bare)).toUtf8())
        .isEqualTo("[{\"key\":\"AP8+\",\"ver\":7}]");
  }
}
