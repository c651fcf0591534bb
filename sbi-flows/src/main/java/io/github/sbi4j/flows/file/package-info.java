/**
 * The file of a saved posterior, likelihood or ratio.
 *
 * <p>It is a <a href="https://github.com/huggingface/safetensors">safetensors</a> file: eight bytes
 * with the length of a JSON header (little endian), the header, padded with spaces to a multiple of
 * eight bytes, and the weights as little-endian float32 values. Any reader of that format opens the
 * weights, named {@code member.K.NAME} for the K-th network of the ensemble. All else is JSON under
 * the key {@code sbi4j} of the header's {@code __metadata__}, beside {@code sha256}, a digest of
 * the whole file in which its own digits are zeros.
 *
 * <p>Files of all kinds have this format and the same checks; the field {@code kind} of the JSON
 * says which it is. {@link io.github.sbi4j.flows.file.PosteriorFile}, {@link
 * io.github.sbi4j.flows.file.LikelihoodFile} and {@link io.github.sbi4j.flows.file.RatioFile} read
 * and write one each. Loading builds the objects from fixed tables, so no code and no class is
 * named by a file: priors and embedding networks of one's own are given again through {@link
 * io.github.sbi4j.flows.file.LoadOptions}.
 */
@NullMarked
package io.github.sbi4j.flows.file;

import org.jspecify.annotations.NullMarked;
