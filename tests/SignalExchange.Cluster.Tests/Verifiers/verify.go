// Verifies a folder of C2SP tlog-tiles by golang.org/x/mod/sumdb, the code that Go's own checksum database is verified by: it has
// nothing of this project, and nobody here wrote it.
//
//	verify FOLDER
//
// opens the checkpoint by the key in log.vkey, recomputes the root from the entries, and proves by the tiles that each of them is
// included and that the tree of half their number is consistent with the whole.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

// folder reads tiles from where C2SP tlog-tiles has them; of no width but the asked one.
type folder string

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.read(fmt.Sprint(tile.L), tile.N, tile.W)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) read(level string, number int64, entries int) ([]byte, error) {
	path := fmt.Sprintf("%03d", number%1000)
	for rest := number / 1000; rest > 0; rest /= 1000 {
		path = fmt.Sprintf("x%03d/%s", rest%1000, path)
	}
	if entries < width {
		path += fmt.Sprintf(".p/%d", entries)
	}
	return os.ReadFile(filepath.Join(string(f), "tile", level, path))
}

// leaves returns the hash of every entry, from the bundles.
func (f folder) leaves(size int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for number := int64(0); number*width < size; number++ {
		entries := min(size-number*width, width)
		bundle, err := f.read("entries", number, int(entries))
		if err != nil {
			return nil, err
		}
		for len(bundle) >= 2 {
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if end > len(bundle) {
				return nil, fmt.Errorf("bundle %d ends in an entry", number)
			}
			hashes = append(hashes, tlog.RecordHash(bundle[2:end]))
			bundle = bundle[end:]
		}
	}
	if int64(len(hashes)) != size {
		return nil, fmt.Errorf("%d entries under a checkpoint of %d", len(hashes), size)
	}
	return hashes, nil
}

// stored are the hashes of a tree that was made here, entry by entry.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, s[index])
	}
	return found, nil
}

func checkpoint(f folder) (tlog.Tree, error) {
	key, err := os.ReadFile(filepath.Join(string(f), "log.vkey"))
	if err != nil {
		return tlog.Tree{}, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := os.ReadFile(filepath.Join(string(f), "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	// A checkpoint is the body of a note of Go's, but for the name in its first line.
	_, rest, _ := strings.Cut(opened.Text, "\n")
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

func verify(f folder) (int64, error) {
	tree, err := checkpoint(f)
	if err != nil {
		return 0, err
	}
	leaves, err := f.leaves(tree.N)
	if err != nil {
		return 0, err
	}
	var made stored
	for number, leaf := range leaves {
		hashes, err := tlog.StoredHashesForRecordHash(int64(number), leaf, made)
		if err != nil {
			return 0, err
		}
		made = append(made, hashes...)
	}
	root, err := tlog.TreeHash(tree.N, made)
	if err != nil {
		return 0, err
	}
	if root != tree.Hash {
		return 0, fmt.Errorf("the entries' root is %v and the checkpoint's %v", root, tree.Hash)
	}
	return tree.N, prove(tree, leaves, made, tlog.TileHashReader(tree, f))
}

func prove(tree tlog.Tree, leaves []tlog.Hash, made stored, tiles tlog.HashReader) error {
	for number, leaf := range leaves {
		proof, err := tlog.ProveRecord(tree.N, int64(number), tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(number), leaf); err != nil {
			return err
		}
	}
	half := tree.N / 2
	if half == 0 {
		return nil
	}
	before, err := tlog.TreeHash(half, made)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, half, tiles)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, half, before)
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func main() {
	size, err := verify(folder(os.Args[1]))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Printf("%d entries verified\n", size)
}
