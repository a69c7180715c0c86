package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorDocumentationTest {

  @ParameterizedTest
  @EnumSource(Symptom.class)
  void everySymptomHasItsRow(Symptom symptom) throws IOException {
    String page = Files.readString(Path.of("docs/servicenow-doctor.md"));

    assertThat(page).contains("\n| " + symptom.code() + " | " + symptom.words() + " | ");
  }
}
