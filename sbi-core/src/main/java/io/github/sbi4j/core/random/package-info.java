/** Random streams that depend on a seed and a row, never on a thread. */
@NullMarked
package io.github.sbi4j.core.random;

import org.jspecify.annotations.NullMarked;
