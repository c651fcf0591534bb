/** Work on several threads. */
@NullMarked
package io.github.sbi4j.core.concurrent;

import org.jspecify.annotations.NullMarked;
