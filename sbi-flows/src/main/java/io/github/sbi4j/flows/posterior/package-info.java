/** Posteriors: sample, evaluate, maximise, save and load. */
@NullMarked
package io.github.sbi4j.flows.posterior;

import org.jspecify.annotations.NullMarked;
