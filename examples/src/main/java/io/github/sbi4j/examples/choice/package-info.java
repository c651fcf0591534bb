/** Choices of several subjects and their reaction times: a hierarchical drift-diffusion model. */
@NullMarked
package io.github.sbi4j.examples.choice;

import org.jspecify.annotations.NullMarked;
