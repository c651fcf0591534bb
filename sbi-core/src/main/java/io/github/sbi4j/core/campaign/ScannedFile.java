package io.github.sbi4j.core.campaign;

/** A file that is read as it grows. */
sealed interface ScannedFile permits RowFile, AsideFile {
  /** The number of records so far that do not fit their checksums, others after them. */
  int damaged();
}
