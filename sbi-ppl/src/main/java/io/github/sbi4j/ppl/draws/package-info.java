/** Draws of named values, and how well a model predicts what it was not shown. */
@NullMarked
package io.github.sbi4j.ppl.draws;

import org.jspecify.annotations.NullMarked;
