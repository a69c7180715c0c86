package dev.baton.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void controlCharactersGoAndLinesStay() {
    assertThat(SafeText.clean("a\u0000b\u0007c\r\nd\te\u007ff\u0085g")).isEqualTo("abc\nd\tefg");
  }

  @Test
  void marksThatTurnTheReadingDirectionGo() {
    assertThat(SafeText.clean("invoice\u202Efdp.exe \u2066x\u2069")).isEqualTo("invoicefdp.exe x");
  }

  @Test
  void everyOtherCharacterStays() {
    String text = "<b>Grüße</b> 👩‍💻 שלום \u200f漢字 & \u00a0";
    assertThat(SafeText.clean(text)).isSameAs(text);
  }

  @Test
  void halfCharactersGo() {
    assertThat(SafeText.clean("a\ud83db\udc00c")).isEqualTo("abc");
  }

  @Test
  void nullStaysNull() {
    assertThat(SafeText.clean((String) null)).isNull();
  }

  @Test
  void activitiesAreCleanedAtAnyDepthAndChannelDataOnlyOfWhatCannotBeStored() throws Exception {
    ObjectNode activity =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    """
                    {"text":"a\\u0001","value":{"k\\u0002":["b\\u0003",1,null,true]},
                     "channelData":{"mark":"c\\u0004\\u0000"}}
                    """);
    ObjectNode before = activity.deepCopy();
    ObjectNode clean = SafeText.clean(activity);
    assertThat(clean.toString())
        .isEqualTo(
            "{\"text\":\"a\",\"value\":{\"k\":[\"b\",1,null,true]},"
                + "\"channelData\":{\"mark\":\"c\\u0004\"}}");
    assertThat(activity).isEqualTo(before);
  }
}
